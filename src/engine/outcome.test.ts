import { describe, expect, it } from 'vitest'
import { outcomeOfProblem } from './outcome.ts'

const detail = 'busy'

describe('a call without an answer to decide on', () => {
  it.each([
    [
      'a limit was reached: no attempt, nothing touched',
      { kind: 'rate_limited', touched: 'no', isOwn: false, retryAfterMs: 500, detail } as const,
      { touched: 'no', isCounted: false, status: 429 },
    ],
    [
      'the connection is broken: no attempt, nothing touched',
      { kind: 'unauthorised', touched: 'no', detail } as const,
      { touched: 'no', isCounted: false, status: null },
    ],
    [
      'it never left: an attempt, nothing touched',
      { kind: 'unreachable', touched: 'no', detail } as const,
      { touched: 'no', isCounted: true, status: null },
    ],
    [
      'it was cut: an attempt, and the next must look first',
      { kind: 'unreachable', touched: 'maybe', detail } as const,
      { touched: 'maybe', isCounted: true, status: null },
    ],
    [
      'the platform failed: an attempt, and the next must look first',
      { kind: 'unavailable', touched: 'maybe', status: 502, retryAfterMs: null, detail } as const,
      { touched: 'maybe', isCounted: true, status: 502 },
    ],
  ])('is tried again when %s', (_what, problem, expected) => {
    expect(outcomeOfProblem(problem, 'Klaviyo', 1, 0)).toMatchObject({ kind: 'retry', ...expected })
  })

  it('is given up when it was refused, with what was asked and what the platform said', () => {
    const problem = {
      call: { method: 'POST', path: '/api/x', body: { name: 'Ada' } },
      kind: 'refused',
      touched: 'no',
      status: 400,
      code: null,
      detail,
      body: null,
    } as const
    expect(outcomeOfProblem(problem, 'Klaviyo', 1, 0)).toEqual({
      kind: 'gave_up',
      because: 'Klaviyo refused: busy',
      status: 400,
      exchange: {
        ...{ method: 'POST', path: '/api/x', sent: { name: 'Ada' } },
        ...{ status: 400, answer: null },
      },
    })
  })

  it('waits longer the more attempts there were', () => {
    const problem = { kind: 'unreachable', touched: 'no', detail } as const
    const waits = [1, 2, 3].map((attempts) => outcomeOfProblem(problem, 'Klaviyo', attempts, 0))
    expect(waits).toMatchObject([2_000, 4_000, 8_000].map((waitMs) => ({ wait: { waitMs } })))
  })
})
