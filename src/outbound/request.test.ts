import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createOutbound, type Outbound, type OutboundOptions } from './request.ts'
import { type Reply, type ScriptedServer, startScriptedServer } from './testing/scripted-server.ts'

let server: ScriptedServer
let outbound: Outbound

async function start(reply: () => Reply, options: Partial<OutboundOptions> = {}): Promise<void> {
  server = await startScriptedServer(reply)
  outbound = createOutbound({
    allowedHosts: [server.host],
    userAgent: 'Replyline/test',
    ...options,
  })
}

const get = (path = '/') => outbound.send({ method: 'GET', url: `${server.url}${path}` })
const post = () => outbound.send({ method: 'POST', url: server.url, body: '{"a":1}' })
const unreachable = (touched: 'no' | 'maybe', detail: RegExp) => ({
  ok: false,
  problem: { kind: 'unreachable', touched, detail: expect.stringMatching(detail) },
})

afterEach(async () => {
  await server.close()
  await outbound.close()
})

describe('the outgoing door', () => {
  it('gives any status with its headers and text, and says who is calling', async () => {
    await start(() => ({ status: 418, headers: { 'X-Thing': 'a' }, body: 'tea' }))
    const answer = await post()

    expect(answer).toMatchObject({ ok: true, value: { status: 418, text: 'tea' } })
    expect(answer.ok && answer.value.headers.get('x-thing')).toBe('a')
    expect(server.received[0]).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      headers: { 'user-agent': 'Replyline/test' },
    })
  })

  it('decodes gzip', async () => {
    const zipped = gzipSync('zipped ✓')
    await start(() => (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(zipped)
    })
    expect(await get()).toMatchObject({ ok: true, value: { text: 'zipped ✓' } })
  })

  it('does not follow a redirect', async () => {
    await start(() => ({ status: 302, headers: { location: '/elsewhere' } }))
    expect(await get()).toMatchObject({ ok: true, value: { status: 302 } })
    expect(server.received).toHaveLength(1)
  })
})

describe('a call that never left', () => {
  it('knows so when the connection is refused', async () => {
    await start(() => ({ status: 200 }))
    await server.close()
    expect(await post()).toMatchObject(unreachable('no', /ECONNREFUSED/))
  })

  it('knows so when the name does not resolve', async () => {
    await start(() => ({ status: 200 }), { allowedHosts: ['nowhere.invalid'] })
    const answer = await outbound.send({ method: 'GET', url: 'https://nowhere.invalid/' })
    expect(answer).toMatchObject(unreachable('no', /ENOTFOUND|EAI_AGAIN|nowhere/))
  })

  it('knows so when it waited in vain for a free connection, and never leaves later', async () => {
    await start(() => () => undefined, { totalTimeoutMs: 150 })
    const busy = Array.from({ length: 64 }, post)
    const late = await outbound.send({ method: 'POST', url: server.url, totalTimeoutMs: 50 })

    expect(late).toMatchObject(unreachable('no', /within 50 ms/))
    await Promise.all(busy)
    expect(server.received).toHaveLength(64)
  })

  it.each([
    ['a host that is not listed', 'https://example.com/', /example\.com is not among/],
    ['a text that is no address', 'not a url', /not a URL/],
    ['a password in the address', 'https://u:p@example.com/', /password/],
  ])('is refused for %s', async (_, url, detail) => {
    await start(() => ({ status: 200 }))
    expect(await outbound.send({ method: 'GET', url })).toMatchObject(unreachable('no', detail))
  })

  it('is refused when a header cannot be sent', async () => {
    await start(() => ({ status: 200 }))
    const headers = { 'x-bad': 'two\r\nlines' }
    const answer = await outbound.send({ method: 'GET', url: server.url, headers })
    expect(answer).toMatchObject(unreachable('no', /header/))
    expect(server.received).toHaveLength(0)
  })
})

describe('a call that may have been seen', () => {
  it('says so when the connection is reset before an answer', async () => {
    await start(() => (response) => response.destroy())
    expect(await post()).toMatchObject(unreachable('maybe', /./))
  })

  it('says so when the answer stops half way', async () => {
    await start(() => (response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    })
    expect(await post()).toMatchObject(unreachable('maybe', /./))
  })

  it('says so when no answer comes in time', async () => {
    await start(() => () => undefined, { totalTimeoutMs: 60 })
    expect(await post()).toMatchObject(unreachable('maybe', /within 60 ms/))
  })

  it('says so when the answer drips for longer than the time allowed', async () => {
    await start(
      () => (response) => {
        const drip = setInterval(() => response.write('.'), 10)
        response.on('close', () => clearInterval(drip))
      },
      { totalTimeoutMs: 80 },
    )
    expect(await get()).toMatchObject(unreachable('maybe', /within 80 ms/))
  })

  it('may be given a shorter time of its own', async () => {
    await start(() => () => undefined)
    const answer = await outbound.send({ method: 'GET', url: server.url, totalTimeoutMs: 40 })
    expect(answer).toMatchObject(unreachable('maybe', /within 40 ms/))
  })
})

describe('an answer that is too large', () => {
  const bomb = gzipSync(Buffer.alloc(1_000_000))

  it.each([
    ['plain', (): Reply => ({ status: 200, body: 'x'.repeat(1_001) })],
    [
      'after decoding',
      (): Reply => (response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
      },
    ],
  ])('is dropped (%s)', async (_, reply) => {
    await start(reply, { maxAnswerBytes: 1_000 })
    expect(await get()).toMatchObject(unreachable('maybe', /larger than/))
  })

  it('passes at exactly the limit', async () => {
    await start(() => ({ status: 200, body: 'x'.repeat(1_000) }), { maxAnswerBytes: 1_000 })
    expect(await get()).toMatchObject({ ok: true })
  })
})
