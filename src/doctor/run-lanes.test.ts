import { describe, expect, it } from 'vitest'
import type { Check } from './check.ts'
import { fine, type Judgement, problem, warning } from './judge/judgement.ts'
import { type Progress, runLanes } from './run-lanes.ts'

const check = (name: string, ask: Check['ask']): Check => ({
  ...{ name, area: 'service', about: 'service', looksAt: `the ${name}`, ask },
})
const saying = (name: string, ...judged: readonly Judgement[]) => check(name, async () => judged)
const bad = problem({ says: 'It is gone.', remedy: 'Bring it back.' })

async function run(lanes: Parameters<typeof runLanes>[0], timeoutMs = 60_000) {
  const told: Progress[] = []
  await runLanes(lanes, (progress) => told.push(progress), timeoutMs)
  return told.map((one) =>
    one.kind === 'looking' ? `looks at ${one.at}` : `${one.finding.check}: ${one.finding.state}`,
  )
}

describe('a lane', () => {
  it('looks at one thing after the other, and tells of each before and after', async () => {
    const checks = [saying('roof', fine('It is tight.')), saying('cellar', bad, fine('It is dry.'))]
    expect(await run([{ gates: [], checks }])).toEqual([
      'looks at the roof',
      'roof: ok',
      'looks at the cellar',
      'cellar: problem',
      'cellar: ok',
    ])
  })

  it('ends at a gate that finds a problem, and names all that lies behind it', async () => {
    const gates = [saying('door', bad), saying('stairs', fine('They hold.'))]
    const checks = [saying('attic', fine('It is there.'))]
    expect(await run([{ gates, checks }])).toEqual([
      'looks at the door',
      'door: problem',
      'stairs: unknown',
      'attic: unknown',
    ])
  })

  it('goes on through a gate that only warns', async () => {
    const gates = [saying('door', warning({ says: 'It creaks.', remedy: 'Oil it.' }))]
    const checks = [saying('attic', fine('It is there.'))]
    expect(await run([{ gates, checks }])).toContain('attic: ok')
  })

  it('is not ended by another lane’s gate', async () => {
    const closed = { gates: [saying('door', bad)], checks: [] }
    const open = { gates: [], checks: [saying('garden', fine('It blooms.'))] }
    expect(await run([closed, open])).toContain('garden: ok')
  })
})

describe('a check that fails', () => {
  it.each([
    ['throws', () => Promise.reject(new TypeError('a secret word')), 60_000],
    ['hangs', () => new Promise<never>(() => undefined), 1],
  ])('because it %s is a finding, and hides no other', async (_, ask, timeoutMs) => {
    const checks = [check('well', ask), saying('pump', fine('It runs.'))]
    const told = await run([{ gates: [], checks }], timeoutMs)
    expect(told.filter((line) => !line.startsWith('looks'))).toEqual(['well: unknown', 'pump: ok'])
  })

  it('does not tell the words of its error, which may quote a secret', async () => {
    const told: Progress[] = []
    const ask = () => Promise.reject(new TypeError('a secret word'))
    await runLanes([{ gates: [], checks: [check('well', ask)] }], (one) => told.push(one), 60_000)
    expect(JSON.stringify(told)).toContain('TypeError')
    expect(JSON.stringify(told)).not.toContain('a secret word')
  })

  it('because the database is away says that', async () => {
    const ask = () => Promise.reject(Object.assign(new Error(), { code: '57P01' }))
    expect(await run([{ gates: [], checks: [check('well', ask)] }])).toContain('well: problem')
  })
})
