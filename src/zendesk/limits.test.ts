import { describe, expect, it } from 'vitest'
import { toAnswerHeaders } from '../outbound/http-answer.ts'
import { readZendeskLimits } from './limits.ts'

describe('announced limits', () => {
  it.each([
    [{}, []],
    [
      { 'x-rate-limit': '700', 'x-rate-limit-remaining': '699' },
      [{ limit: 'account', remaining: 699, total: 700, resetMs: 60_000 }],
    ],
    [
      { 'ratelimit-limit': '100', 'ratelimit-remaining': '9', 'ratelimit-reset': '41' },
      [{ limit: 'account', remaining: 9, total: 100, resetMs: 41_000 }],
    ],
    [
      { 'Zendesk-RateLimit-per-ticket-updates': 'total=30; remaining=29; resets=468' },
      [{ limit: 'per-ticket-updates', remaining: 29, total: 30, resetMs: 468_000 }],
    ],
    [
      { 'zendesk-rate-limit-tickets-update': 'total=20; remaining=0; resets=3' },
      [{ limit: 'tickets-update', remaining: 0, total: 20, resetMs: 3_000 }],
    ],
    [{ 'zendesk-ratelimit-x': 'nonsense', 'ratelimit-remaining': 'many' }, []],
  ])('%j', (headers, readings) => {
    expect(readZendeskLimits(toAnswerHeaders(headers))).toEqual(readings)
  })
})
