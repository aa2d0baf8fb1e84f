import { describe, expect, it } from 'vitest'
import { instant, MINUTE } from '../../kernel/instant.ts'
import { judgeFeed, judgeStanding } from './standing.ts'

describe('an account', () => {
  it.each([
    [null, 'ok', null],
    ['paused', 'warning', /"npx replyline resume zendesk"/],
    ['down', 'problem', /asked again by itself/],
  ] as const)('that is %s', (why, state, remedy) => {
    const judged = judgeStanding('Zendesk', why === null ? null : { why, says: 'It stands.' })
    expect(judged.state).toBe(state)
    if (remedy !== null) expect(judged).toMatchObject({ says: 'It stands.' })
    expect(judged.remedy).toEqual(remedy === null ? null : expect.stringMatching(remedy))
  })
})

describe('the feed of an account', () => {
  const NOW = instant(Date.parse('2026-11-22T12:00:00Z'))
  const feed = (lateMs: number, problem: string | null = null, found = 0) =>
    judgeFeed('Klaviyo', { readUntil: instant(NOW - lateMs), problem, found }, NOW)

  it.each([
    [10 * MINUTE, null, 'ok', /was read until 2026-11-22T11:50:00.000Z/],
    [10 * MINUTE + 1, null, 'problem', /was not read since/],
    [MINUTE, 'Klaviyo answered 500', 'warning', /could not be read since .*: Klaviyo answered 500/],
    [11 * MINUTE, 'Klaviyo answered 500', 'problem', /could not be read/],
  ] as const)('read %i ms ago, with the problem %j, is %s', (lateMs, problem, state, says) => {
    expect(feed(lateMs, problem)).toMatchObject({ state, says: expect.stringMatching(says) })
  })

  it('tells how many events no webhook had brought', () => {
    expect(feed(0, null, 1).says).toMatch(/1 event in it had not come by webhook/)
    expect(feed(0, null, 0).says).toMatch(/Every event in it had come/)
  })

  it('that was never read is not known to be in order', () => {
    expect(judgeFeed('Klaviyo', null, NOW).state).toBe('unknown')
  })
})
