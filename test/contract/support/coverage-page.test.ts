import { describe, expect, it } from 'vitest'
import { parseCoverage, unproven } from './coverage-page.ts'
import type { Exchange } from './exchange.ts'

const HEAD = '| Endpoint | State | Tested by |\n|---|---|---|\n'
const row = (endpoint: string, state = 'supported', tests = '`a.test.ts`') =>
  `| \`${endpoint}\` | ${state} | ${tests} |`

const exchange = (method: string, path: string, status = 200) =>
  ({ method, path, status }) as Exchange

describe('a coverage page', () => {
  it('is read row by row', () => {
    const page = `# Page\n\n${HEAD}${row('GET /a')}\n${row('PUT /a', 'not started', '')}\n`
    expect(parseCoverage(page)).toEqual([
      { endpoint: 'GET /a', state: 'supported', tests: ['a.test.ts'] },
      { endpoint: 'PUT /a', state: 'not started', tests: [] },
    ])
  })

  it.each([
    ['without a cell', '| `GET /a` | supported |'],
    ['of no endpoint', '| accounts | supported | `a.test.ts` |'],
    ['with a test that is no file', row('GET /a', 'supported', 'a.test.ts')],
  ])('is refused for a row %s', (_what, line) => {
    expect(() => parseCoverage(HEAD + line)).toThrow(line)
  })
})

describe('a row is proven', () => {
  const rows = parseCoverage(
    HEAD +
      [
        row('GET /a/{id}'),
        row('GET /a/{id}/b/{b}'),
        row('GET /a/{id}/b/count'),
        row('POST /a', 'partial: always 403'),
      ].join('\n'),
  )
  const left = (...exchanges: Exchange[]) => unproven(rows, 'a.test.ts', exchanges)
  const all = rows.map(({ endpoint }) => endpoint)

  it.each([
    ['by nothing else than its own file', [], all],
    ['by its call', [exchange('GET', '/a/1?x=y')], all.slice(1)],
    ['not by a refusal', [exchange('GET', '/a/1', 404)], all],
    ['by the refusal that it names', [exchange('POST', '/a', 403)], all.slice(0, 3)],
    [
      'by the path with fewer names',
      [exchange('GET', '/a/1/b/count.json')],
      [all[0], all[1], all[3]],
    ],
  ])('%s', (_what, exchanges, rest) => {
    expect(left(...exchanges)).toEqual(rest)
    expect(unproven(rows, 'b.test.ts', exchanges)).toEqual([])
  })
})
