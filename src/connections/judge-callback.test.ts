import { describe, expect, it } from 'vitest'
import { instant, MINUTE } from '../kernel/instant.ts'
import { ok } from '../kernel/result.ts'
import { type Callback, judgeCallback, STATE_LIFE_MS } from './judge-callback.ts'

const NOW = instant(1_800_000_000_000)
const flow = {
  stateHash: 'hash',
  browserHash: 'browser',
  platform: 'zendesk',
  requestSealed: 'sealed',
  createdAt: NOW,
  wasUsed: false,
} as const
const callback: Callback = { platform: 'zendesk', state: 'state', code: 'code', error: null }

describe('an answer from a consent page', () => {
  it('that belongs to its question is taken', () => {
    expect(judgeCallback(callback, flow, 'browser', NOW)).toEqual(ok({ flow, code: 'code' }))
  })

  it.each([
    ['no_state', { state: null }, {}],
    ['used_state', {}, { wasUsed: true }],
    ['foreign_state', {}, { browserHash: 'other' }],
    ['wrong_platform', { platform: 'klaviyo' }, {}],
    ['denied', { error: 'access_denied', code: null }, {}],
    ['scopes_refused', { error: 'invalid_scope', code: null }, {}],
    ['no_code', { code: null }, {}],
    ['no_code', { code: '' }, {}],
  ] as const)('is %s', (problem, answer, question) => {
    const judged = judgeCallback(
      { ...callback, ...answer },
      { ...flow, ...question },
      'browser',
      NOW,
    )
    expect(judged).toMatchObject({ ok: false, problem })
  })

  it('to a question nobody asked is unknown', () => {
    expect(judgeCallback(callback, null, 'browser', NOW)).toMatchObject({
      problem: 'unknown_state',
    })
  })

  it.each([
    [STATE_LIFE_MS, true],
    [STATE_LIFE_MS + 1, false],
    [-MINUTE, true],
    [-MINUTE - 1, false],
  ])('counts until its time is over: after %i ms', (afterMs, isTaken) => {
    expect(judgeCallback(callback, flow, 'browser', instant(NOW + afterMs)).ok).toBe(isTaken)
  })

  it('is judged by its state before anything that it says', () => {
    const forged = { ...callback, error: 'access_denied' }
    expect(judgeCallback(forged, { ...flow, wasUsed: true }, 'browser', NOW)).toMatchObject({
      problem: 'used_state',
    })
  })
})
