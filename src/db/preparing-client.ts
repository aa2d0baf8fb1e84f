import { createHash } from 'node:crypto'
import pg from 'pg'

/** More different texts than the program has; beyond, a text is sent as it is, so that memory is bounded. */
const MOST_PREPARED = 1_000

const names = new Map<string, string>()

/**
 * A connection that has each statement with values read and planned once, by the text's own name: a
 * statement is sent thousands of times and its plan costs more than its work. Statements without values
 * are sent as they are, for those may be several in one text.
 */
export class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: `pg` declares a dozen forms of this one call.
  override query(...call: any[]): any {
    const [text, values, ...rest] = call
    const isPlain = typeof text === 'string' && Array.isArray(values) && values.length > 0
    const name = isPlain ? nameOf(text) : undefined
    const given = name === undefined ? call : [{ name, text, values }, ...rest]
    return super.query(...(given as [string]))
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= MOST_PREPARED) return known
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32)
  names.set(text, name)
  return name
}
