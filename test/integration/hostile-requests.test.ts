import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../support/embedded-owner-process.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { agentComment } from '../support/platform-events.ts'
import {
  answerOn,
  chunk,
  exchange,
  head,
  headerLines,
  openConnection,
  statusOf,
} from '../support/raw-http.ts'
import { countOf } from '../support/refusals.ts'
import { fromZendesk } from '../support/signed-delivery.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

const MB = 1024 * 1024
const CAPS = [
  ['zendesk', 512 * 1024],
  ['klaviyo', 10 * MB],
] as const

let database: OwnDatabase
let service: TestService

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config)
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
})
beforeEach(async () => {
  await service.forget()
})

const pathTo = (platform: string) =>
  `/webhooks/${platform}/${service.bridge.connections[platform as 'zendesk']}`
const good = (eventId = 'good') =>
  fromZendesk(agentComment({ eventId }), {
    secret: service.bridge.secrets.zendesk,
    at: Date.now(),
  })

describe('a body over the cap', () => {
  it.each(CAPS)(
    'of %s is refused by its announced length, before any of it came',
    async (platform, cap) => {
      const announced = head(pathTo(platform), [`content-length: ${cap + 1}`])
      const answer = await exchange(service.port, announced)
      expect(statusOf(answer)).toBe(413)
      expect(answer).toContain(`the body is larger than ${cap} bytes`)
    },
  )

  it.each(CAPS)(
    'of %s without a length is refused as soon as it is too long',
    async (platform, cap) => {
      const socket = await openConnection(service.port)
      const answer = answerOn(socket)
      let isAnswered = false
      void answer.then(() => {
        isAnswered = true
      })
      socket.write(head(pathTo(platform), ['transfer-encoding: chunked']))
      let sent = 0
      for (; !isAnswered && sent < 2_000 * MB; sent += MB) {
        const isTaken = socket.write(chunk(Buffer.alloc(MB, 0x20)))
        if (!isTaken)
          await Promise.race([new Promise((taken) => socket.once('drain', taken)), answer])
      }
      socket.destroy()
      expect(statusOf(await answer)).toBe(413)
      expect(sent).toBeLessThan(cap + 50 * MB)
    },
  )

  it.each(CAPS)(
    'of %s of exactly the cap is read and judged by its signature',
    async (platform, cap) => {
      const body = Buffer.alloc(cap, 0x20)
      const response = await service.deliver({ platform, headers: {}, body })
      expect([response.status, await response.json()]).toEqual([
        401,
        { error: 'missing_signature' },
      ])
    },
  )
})

describe('two signature headers', () => {
  it('are refused, even when one of them is right', async () => {
    const { headers, body } = good()
    const right = `x-zendesk-webhook-signature: ${headers['x-zendesk-webhook-signature']}`
    const lines = [...headerLines(good()), right, `content-length: ${Buffer.byteLength(body)}`]
    const answer = await exchange(service.port, head(pathTo('zendesk'), lines), body)
    expect(statusOf(answer)).toBe(401)
    expect(await service.count('events')).toBe(0)
  })
})

describe('a request that stops half way', () => {
  it('is counted, stores nothing and harms nobody', async () => {
    const reason = 'the request stopped half way'
    const counted = await countOf(service, 'zendesk', reason)
    const socket = await openConnection(service.port)
    socket.write(head(pathTo('zendesk'), [...headerLines(good()), 'content-length: 1000']))
    socket.write('{"type":')
    socket.destroy()
    await until(
      'the request is counted',
      async () => (await countOf(service, 'zendesk', reason)) === counted + 1,
    )
    expect(await service.count('events')).toBe(0)
    expect((await service.deliver(good())).status).toBe(200)
  })
})

describe('slow senders', () => {
  it('do not keep others waiting, and are cut off', async () => {
    const slow = await Promise.all(Array.from({ length: 300 }, () => openConnection(service.port)))
    for (const socket of slow) {
      socket.resume()
      socket.write(`POST ${pathTo('zendesk')} HTTP/1.1\r\nhost: replyline\r\nx-slow: `)
    }
    expect((await service.deliver(good())).status).toBe(200)
    expect(slow.some((socket) => socket.readableEnded)).toBe(false)

    const drip = setInterval(() => {
      for (const socket of slow) socket.write('x')
    }, 500)
    await until('all are cut off', async () => slow.every((socket) => socket.readableEnded), 20_000)
    clearInterval(drip)
    for (const socket of slow) socket.destroy()
  })
})

describe('malformed HTTP', () => {
  it.each<[string, number, (path: string) => string]>([
    ['a 32 KB header', 431, (path) => head(path, [`x-long: ${'x'.repeat(32_768)}`])],
    [
      'both length and chunks',
      400,
      (path) => head(path, ['content-length: 5', 'transfer-encoding: chunked']),
    ],
    ['two lengths', 400, (path) => head(path, ['content-length: 5', 'content-length: 6'])],
    ['a negative length', 400, (path) => head(path, ['content-length: -1'])],
    ['no HTTP at all', 400, () => '\u0016\u0003\u0001 hello\r\n\r\n'],
  ])('%s is answered %i', async (_, status, request) => {
    expect(statusOf(await exchange(service.port, request(pathTo('zendesk'))))).toBe(status)
    expect((await service.deliver(good())).status).toBe(200)
  })
})

describe('a wrong address', () => {
  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is not answered', async (method) => {
    const response = await fetch(`${service.url}${pathTo('klaviyo')}`, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it.each([
    ['an unknown bridge', 'zendesk/00000000-0000-4000-8000-000000000000'],
    ['a connection id that is none', `zendesk/${'-'.repeat(36)}`],
    ['no connection id', 'zendesk/'],
    ['an unknown platform', 'shopify/00000000-0000-4000-8000-000000000000'],
  ])('is not found: %s', async (_, path) => {
    const body = '{}'
    const answer = await exchange(
      service.port,
      head(`/webhooks/${path}`, ['content-length: 2']),
      body,
    )
    expect(statusOf(answer)).toBe(404)
  })
})
