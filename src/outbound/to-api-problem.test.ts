import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../kernel/instant.ts'
import { toAnswerHeaders } from './http-answer.ts'
import { toApiProblem } from './to-api-problem.ts'

const HTML = '<html>Attention required</html>'
const readError = (body: unknown) => {
  const { code = null } = (body ?? {}) as { code?: string | null }
  return { code, detail: null }
}

function problem(status: number, text = '{"code":"c"}', headers = {}) {
  return toApiProblem({ status, text, headers: toAnswerHeaders(headers) }, instant(0), readError)
}

describe('an answer that is no success', () => {
  it.each([
    [429, '', {}, { kind: 'rate_limited', retryAfterMs: 5_000 }],
    [429, '', { 'retry-after': '9' }, { kind: 'rate_limited', retryAfterMs: 9_000 }],
    [429, '', { 'retry-after': '0' }, { kind: 'rate_limited', retryAfterMs: 1_000 }],
    [429, HTML, { 'retry-after': 'soon' }, { kind: 'rate_limited', retryAfterMs: 5_000 }],
    [500, HTML, {}, { kind: 'unavailable', touched: 'maybe', status: 500, retryAfterMs: null }],
    [503, '', { 'retry-after': '3' }, { kind: 'unavailable', retryAfterMs: 3_000 }],
    [524, '', {}, { kind: 'unavailable', status: 524 }],
    [408, '', {}, { kind: 'unavailable', status: 408 }],
    [401, '{}', {}, { kind: 'unauthorised', touched: 'no' }],
    [403, HTML, {}, { kind: 'unavailable', status: 403 }],
    [403, '', {}, { kind: 'unavailable', status: 403 }],
    [403, '{"code":"c"}', {}, { kind: 'refused', status: 403, code: 'c', body: { code: 'c' } }],
    [404, HTML, {}, { kind: 'refused', status: 404, code: null, body: null }],
    [409, '{"code":"c"}', {}, { kind: 'refused', status: 409, touched: 'no' }],
    [410, '{}', {}, { kind: 'refused', status: 410 }],
    [422, '{"code":"c"}', {}, { kind: 'refused', status: 422, detail: 'answered 422, c' }],
    [301, '', { location: 'https://x.test/' }, { kind: 'refused', status: 301 }],
  ])('%i %j %j', (status, text, headers, expected) => {
    expect(problem(status, text, headers)).toMatchObject(expected)
  })

  it('is named for any status and any text', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 999 }), fc.string(), (status, text) => {
        expect(problem(status, text).detail.length).toBeLessThanOrEqual(500)
      }),
    )
  })
})
