import { describe, expect, it } from 'vitest'
import { explainUnreachable, judgeClock, judgeReach } from './reach.ts'

describe('a host that cannot be reached', () => {
  it.each([
    ['ENOTFOUND: getaddrinfo ENOTFOUND x.example', /name x\.example is not known \(DNS\)/],
    ['EAI_AGAIN: getaddrinfo EAI_AGAIN x.example', /not known \(DNS\)/],
    ['CERT_HAS_EXPIRED: certificate has expired', /certificate is not accepted \(TLS\)/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate', /\(TLS\)/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate', /\(TLS\)/],
    ['ERR_TLS_CERT_ALTNAME_INVALID: Hostname does not match', /\(TLS\)/],
    ['EPROTO: write EPROTO wrong version number', /does not speak https/],
    ['ERR_SSL_WRONG_VERSION_NUMBER: error:0A00010B', /does not speak https/],
    ['GET CERT.example/closed: ECONNREFUSED: connect', /refuses the connection/],
    ['ECONNREFUSED: connect ECONNREFUSED 10.0.0.1:443', /refuses the connection/],
    ['UND_ERR_CONNECT_TIMEOUT: Connect Timeout Error', /does not answer in time/],
    ['no whole answer within 10000 ms', /does not answer in time/],
    ['EHOSTUNREACH: connect EHOSTUNREACH 10.0.0.1', /no way to x\.example/],
    ['UND_ERR_SOCKET: other side closed', /cut the connection/],
    ['ECONNRESET: read ECONNRESET', /cut the connection/],
    ['EWHATEVER: something new', /cannot be reached \(EWHATEVER: something new\)/],
  ])('%s is said in words, with something to do', (detail, says) => {
    const told = explainUnreachable('x.example', detail)
    expect(told.says).toMatch(says)
    expect(told.remedy).not.toBe('')
  })
})

describe('a platform', () => {
  const answered = (status: number) => ({ kind: 'answered', status, clockOffMs: 0 }) as const

  it.each([
    [200, 'ok'],
    [401, 'ok'],
    [404, 'ok'],
    [499, 'ok'],
    [500, 'problem'],
    [503, 'problem'],
  ])('that answers %d without credentials is %s', (status, state) => {
    expect(judgeReach('Zendesk', 'x.example', answered(status)).state).toBe(state)
  })

  it('that does not answer is a problem, and what comes meanwhile is kept', () => {
    const problem = { kind: 'unreachable', touched: 'no', detail: 'ECONNREFUSED: x' } as const
    expect(judgeReach('Klaviyo', 'x.example', { kind: 'silent', problem })).toMatchObject({
      state: 'problem',
      says: expect.stringMatching(/^Klaviyo cannot be reached: x\.example refuses/),
      without: expect.stringContaining('is kept'),
    })
  })
})

describe('the clock', () => {
  it.each([
    [0, 'ok', /within 1 s/],
    [59_999, 'ok', /agrees/],
    [60_000, 'warning', /60 s ahead of/],
    [-60_000, 'warning', /60 s behind/],
    [239_999, 'warning', /240 s/],
    [240_000, 'problem', /ahead of Zendesk/],
    [-3_600_000, 'problem', /3600 s behind/],
  ] as const)('%d ms off is %s', (offMs, state, says) => {
    const judged = judgeClock('Zendesk', offMs)
    expect(judged.state).toBe(state)
    expect(judged.says).toMatch(says)
  })
})
