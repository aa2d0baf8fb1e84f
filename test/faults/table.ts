import type { Row } from './fault.ts'

const COLUMNS: readonly (readonly [string, (row: Row) => string | number])[] = [
  ['fault', ({ family, name }) => `${family} ${name}`],
  ['sent', ({ sent }) => sent],
  ['acked', ({ acknowledged }) => acknowledged],
  ['lost', ({ lost }) => lost],
  ['doubled', ({ doubled }) => doubled],
  ['order', ({ outOfOrder }) => outOfOrder],
  ['stuck', ({ stuck }) => stuck],
  ['untold', ({ untold }) => untold],
  ['told', ({ told }) => told],
  ['s', ({ seconds }) => Math.round(seconds)],
  ['MB', ({ megabytes }) => megabytes],
  ['', ({ broken, notes }) => [broken.length === 0 ? 'ok' : 'BROKEN', ...notes].join('; ')],
]

/** One line of the programme's table, as Markdown; `null` is the head. */
export function tableLine(row: Row | null): string {
  const cells = COLUMNS.map(([head, cell], index) => {
    const text = String(row === null ? head : cell(row))
    return index === 0 ? text.padEnd(52) : text.padStart(Math.max(head.length, 4))
  })
  const line = `| ${cells.join(' | ')} |`
  return row === null ? `${line}\n|${COLUMNS.map(() => '---').join('|')}|` : line
}
