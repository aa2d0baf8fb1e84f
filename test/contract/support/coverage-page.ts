import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Exchange } from './exchange.ts'
import { fitsPath } from './openapi-parameters.ts'

export const ROOT = join(import.meta.dirname, '../../..')

/** One line of a coverage page. */
export type CoverageRow = {
  /** `GET /api/events/{id}` */
  readonly endpoint: string
  /** `supported`, `not started` or `partial: what is missing`. */
  readonly state: string
  /** Files, from the root of the project. */
  readonly tests: readonly string[]
}

/** Every row of a page's tables. A line that looks like one and cannot be read is a mistake. */
export function readCoverage(platform: string): readonly CoverageRow[] {
  const page = join(ROOT, `docs/platforms/${platform}-coverage.md`)
  return parseCoverage(readFileSync(page, 'utf8'))
}

/** The rows of a page as text. */
export function parseCoverage(page: string): readonly CoverageRow[] {
  const lines = page.split('\n').filter((line) => /^\|(?! Endpoint \||-)/.test(line))
  return lines.map((line) => {
    const match = /^\| `([A-Z]+ \/[^`]*)` \| ([^|]+) \| ([^|]*)\|$/.exec(line)
    if (match === null) throw new Error(`not a row of endpoint, state and tests: ${line}`)
    const [, endpoint = '', state = '', tests = ''] = match
    return { endpoint, state: state.trim(), tests: filesIn(tests, line) }
  })
}

function filesIn(cell: string, line: string): readonly string[] {
  const files = [...cell.matchAll(/`([^`]+)`/g)].map(([, file]) => file ?? '')
  const written = files.map((file) => `\`${file}\``).join(', ')
  if (cell.trim() !== written) throw new Error(`not a list of files: ${line}`)
  return files
}

/**
 * The endpoints that a page says `file` proves, and that no exchange of it shows at work. At work is an
 * answer below 400; a row that says `always 403` is at work with that.
 */
export function unproven(
  rows: readonly CoverageRow[],
  file: string,
  exchanges: readonly Exchange[],
): readonly string[] {
  const shown = new Set(exchanges.map((exchange) => rowShownBy(rows, exchange)))
  return rows
    .filter(({ tests, endpoint }) => tests.includes(file) && !shown.has(endpoint))
    .map(({ endpoint }) => endpoint)
}

/** A path with fewer names in it goes before one with more. */
function rowShownBy(rows: readonly CoverageRow[], { method, path, status }: Exchange) {
  const plain = path.split('?')[0]?.replace(/\.json$/, '') ?? ''
  const fitting = rows.filter(({ endpoint }) => {
    const [verb, template = ''] = endpoint.split(' ')
    return verb === method && fitsPath(template, plain)
  })
  const namesIn = ({ endpoint }: CoverageRow) => endpoint.split('{').length
  const [row] = fitting.toSorted((a, b) => namesIn(a) - namesIn(b))
  const expected = Number(/always (\d{3})/.exec(row?.state ?? '')?.[1] ?? 0)
  return status < 400 || status === expected ? row?.endpoint : undefined
}
