import { afterEach, describe, expect, it } from 'vitest'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from './api-problem.ts'
import { createOutbound, type Outbound } from './request.ts'
import { type ScriptedServer, startScriptedServer } from './testing/scripted-server.ts'
import { sendWithToken, type TokenSource } from './token-source.ts'

let server: ScriptedServer
let outbound: Outbound

async function start(accepted: string): Promise<void> {
  server = await startScriptedServer(({ headers }) => ({
    status: headers.authorization === `Bearer ${accepted}` ? 200 : 401,
  }))
  outbound = createOutbound({ allowedHosts: [server.host], userAgent: 'test' })
}

function tokens(
  renewed: Result<string, ApiProblem>,
): TokenSource & { readonly rejected: string[] } {
  const rejected: string[] = []
  return {
    rejected,
    current: async () => ok('old'),
    renew: async (token) => {
      rejected.push(token)
      return renewed
    },
  }
}

const send = (source: TokenSource) =>
  sendWithToken(outbound, source, { method: 'POST', url: server.url })

afterEach(async () => {
  await server.close()
  await outbound.close()
})

describe('a call with a token', () => {
  it('renews a rejected token once and repeats the call', async () => {
    await start('new')
    const source = tokens(ok('new'))
    expect(await send(source)).toMatchObject({ ok: true, value: { status: 200 } })
    expect(source.rejected).toEqual(['old'])
  })

  it('does not renew twice', async () => {
    await start('another')
    const source = tokens(ok('new'))
    expect(await send(source)).toMatchObject({ ok: true, value: { status: 401 } })
    expect(source.rejected).toEqual(['old'])
    expect(server.received).toHaveLength(2)
  })

  it.each([
    [{ kind: 'unreachable', touched: 'maybe', detail: 'd' }, 'unreachable'],
    [
      { kind: 'unavailable', touched: 'maybe', status: 500, retryAfterMs: null, detail: 'd' },
      'unreachable',
    ],
    [
      { kind: 'refused', touched: 'no', status: 400, code: 'c', detail: 'd', body: null },
      'unauthorised',
    ],
    [
      { kind: 'rate_limited', touched: 'no', isOwn: false, retryAfterMs: 1, detail: 'd' },
      'rate_limited',
    ],
  ] as const)('has touched nothing when renewing ends as %j', async (problem, kind) => {
    await start('new')
    expect(await send(tokens(err(problem)))).toMatchObject({
      ok: false,
      problem: { kind, touched: 'no', detail: 'getting an access token: d' },
    })
  })
})
