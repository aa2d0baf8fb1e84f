import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs, waitAfter } from './retry.ts'

const tries = fc.nat({ max: 10_000 })
const jitter = fc.double({ min: 0, max: 1, noNaN: true })

describe('the pause before another try', () => {
  it.each([
    [0, 1_000],
    [1, 2_000],
    [2, 4_000],
    [4, 16_000],
    [5, 30_000],
    [6, 30_000],
    [1_000, 30_000],
  ])('after %d tries is %d ms, without jitter', (count, ms) => {
    expect(backoffMs(count, 0)).toBe(ms)
  })

  it('is longer by a fifth at most, by jitter', () => {
    expect([backoffMs(0, 0.5), backoffMs(0, 1), backoffMs(9, 1)]).toEqual([1_100, 1_200, 36_000])
  })

  it('never shrinks as tries go on, nor as jitter grows, and stays between 1 and 36 s', () => {
    fc.assert(
      fc.property(tries, tries, jitter, jitter, (a, b, j, k) => {
        const [fewer, more, less, greater] = [
          Math.min(a, b),
          Math.max(a, b),
          Math.min(j, k),
          Math.max(j, k),
        ]
        expect(backoffMs(fewer, less)).toBeLessThanOrEqual(backoffMs(more, less))
        expect(backoffMs(more, less)).toBeLessThanOrEqual(backoffMs(more, greater))
        expect(backoffMs(more, greater)).toBeLessThanOrEqual(36_000)
        expect(backoffMs(fewer, less)).toBeGreaterThanOrEqual(1_000)
      }),
    )
  })
})

describe('the wait after a call', () => {
  const unavailable = (retryAfterMs: number | null) =>
    ({ kind: 'unavailable', touched: 'maybe', status: 503, retryAfterMs, detail: 'busy' }) as const
  const limited = (retryAfterMs: number) =>
    ({ kind: 'rate_limited', touched: 'no', isOwn: false, retryAfterMs, detail: '429' }) as const

  it.each([
    ['is what a limit asks for', limited(7_500), 7_500, 'Zendesk asked to slow down'],
    ['is never nothing', limited(0), 100, 'Zendesk asked to slow down'],
    ['backs off from a failure', unavailable(null), 4_000, 'Zendesk answered 503: busy'],
    [
      'backs off more than a failure asks for',
      unavailable(1_000),
      4_000,
      'Zendesk answered 503: busy',
    ],
    [
      'is what a failure asks for beyond that',
      unavailable(9_000),
      9_000,
      'Zendesk answered 503: busy',
    ],
    [
      'backs off from silence',
      { kind: 'unreachable', touched: 'maybe', detail: 'timeout' } as const,
      4_000,
      'Zendesk did not answer: timeout',
    ],
    [
      'is a minute while a person must reconnect',
      { kind: 'unauthorised', touched: 'no', detail: 'revoked' } as const,
      60_000,
      'the Zendesk connection must be reconnected: revoked',
    ],
  ])('%s', (_what, problem, waitMs, because) => {
    expect(waitAfter(problem, 'Zendesk', 2, 0)).toEqual({ waitMs, because })
  })
})
