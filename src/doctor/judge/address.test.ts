import { describe, expect, it } from 'vitest'
import { judgeAddress, judgeSelf, type SelfAnswer } from './address.ts'

describe('PUBLIC_URL', () => {
  it.each([
    ['https://replyline.example.com', 'ok'],
    ['http://replyline.example.com', 'problem'],
    ['https://127.0.0.1:3000', 'problem'],
    ['http://localhost:3000', 'problem'],
    ['http://[::1]:3000', 'problem'],
  ])('%s is %s where the accounts are real', (url, state) => {
    expect(judgeAddress(url, true).state).toBe(state)
  })

  it('may be anything beside a sandbox', () => {
    expect(judgeAddress('http://127.0.0.1:3000', false).state).toBe('ok')
  })
})

const ours: SelfAnswer = { kind: 'answered', status: 200, isOurs: true }
const foreign = (status: number): SelfAnswer => ({ kind: 'answered', status, isOurs: false })
const silent = (detail: string): SelfAnswer => ({
  kind: 'silent',
  problem: { kind: 'unreachable', touched: 'no', detail },
})

describe('the service, called at its own address', () => {
  const at = 'https://replyline.example.com'

  it.each<readonly [string, SelfAnswer, SelfAnswer | null, string]>([
    ['answers its health', ours, null, 'ok'],
    ['answers below /webhooks/ alone', foreign(403), { ...ours, status: 405 }, 'ok'],
    ['is somebody else', foreign(200), foreign(404), 'problem'],
    ['has a proxy with nothing behind it', foreign(502), foreign(502), 'problem'],
    ['has an unknown name', silent('ENOTFOUND: x'), null, 'problem'],
    ['has an expired certificate', silent('CERT_HAS_EXPIRED: x'), null, 'problem'],
    ['refuses from inside its own network', silent('ECONNREFUSED: x'), null, 'warning'],
    ['is slow from inside its own network', silent('UND_ERR_CONNECT_TIMEOUT: x'), null, 'warning'],
    ['may not be called', silent('http:// is not allowed'), null, 'unknown'],
  ])('%s', (_, health, webhooks, state) => {
    expect(judgeSelf(at, health, webhooks).state).toBe(state)
  })

  it('that refuses on this very machine is not running', () => {
    const judged = judgeSelf('http://127.0.0.1:3000', silent('ECONNREFUSED: x'), null)
    expect(judged).toMatchObject({ state: 'problem', remedy: expect.stringMatching(/^Start/) })
  })
})
