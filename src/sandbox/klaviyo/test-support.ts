import { Hono } from 'hono'
import { expect } from 'vitest'
import { klaviyoControlRoutes } from '../control/klaviyo-routes.ts'
import { type RunningServer, serveApp } from '../core/serve.ts'
import { createWorld, type World } from '../world.ts'
import { createKlaviyoEmulator, type KlaviyoEmulator } from './app.ts'

type ApiAnswer = { status: number; headers: Headers; text: string; body: ApiBody }

/** Loose on purpose: tests look at wire shapes. */
type ApiBody = {
  data?: unknown
  included?: unknown
  links?: Record<string, string | null>
  errors?: { status: number; code: string; detail: string; source?: unknown; meta?: unknown }[]
}

type CallOptions = {
  readonly key?: string | null
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type TestKlaviyo = {
  readonly world: World
  readonly klaviyo: KlaviyoEmulator
  api(method: string, path: string, options?: CallOptions): Promise<ApiAnswer>
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
  close(): void
}

/** An emulator without ports. Limits are off unless a test is about them. */
export function createTestKlaviyo(): TestKlaviyo {
  const world = createWorld()
  const klaviyo = createKlaviyoEmulator(world)
  const control = klaviyoControlRoutes(klaviyo, world)
  world.limits.setEnabled(false)

  return {
    world,
    klaviyo,

    async api(method, path, { key = 'pk_sandbox', body, headers } = {}) {
      const response = await klaviyo.app.request(path, {
        method,
        headers: {
          revision: '2026-07-15',
          ...(key === null ? {} : { authorization: `Klaviyo-API-Key ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/vnd.api+json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const parsed = (text === '' ? {} : JSON.parse(text)) as ApiBody
      return { status: response.status, headers: response.headers, text, body: parsed }
    },

    async control<T>(method: string, path: string, body?: unknown) {
      const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
      const response = await control.request(path, init)
      return (await response.json()) as T
    },

    close() {
      klaviyo.close()
      world.close()
    },
  }
}

type ReceivedDelivery = {
  readonly at: number
  readonly headers: Headers
  readonly rawBody: string
  readonly events: { topic: string; external_id: string; payload: { data: DeliveredEvent } }[]
}

type DeliveredEvent = {
  attributes: { datetime: string; event_properties: Record<string, unknown> }
  relationships: Record<string, { data: { id: string } }>
}

export type Receiver = {
  readonly server: RunningServer
  readonly deliveries: ReceivedDelivery[]
  answerWith(status: number): void
}

/** A loopback webhook endpoint that keeps what it gets. */
export async function startReceiver(world: World): Promise<Receiver> {
  const deliveries: ReceivedDelivery[] = []
  let status = 200
  const app = new Hono()
  app.post('/hook', async (c) => {
    const rawBody = await c.req.text()
    const { data } = JSON.parse(rawBody) as { data: ReceivedDelivery['events'] }
    const { headers } = c.req.raw
    deliveries.push({ at: world.clock.now(), headers: new Headers(headers), rawBody, events: data })
    return new Response(null, { status })
  })
  return {
    server: await serveApp({ app, port: 0, host: '127.0.0.1' }),
    deliveries,
    answerWith(next) {
      status = next
    },
  }
}

export const SARAH = '+14155550111'
export const NEVER_SUBSCRIBED = '+14155550113'
export const TOLL_FREE = '+18005550100'
export const LONG_CODE = '+14155550101'

export function encode(number: string): string {
  return encodeURIComponent(number)
}

/** What phones, events and consent look like from outside, for stories about texts. */
export function createStory(test: TestKlaviyo) {
  const path = (number: string) => `/control/phones/${encode(number)}/messages`
  const events = () => test.control<SeenEvent[]>('GET', '/control/events')

  return {
    events,
    metrics: async () => (await events()).map(({ metric }) => metric),
    screen: (number: string) => test.control<Shown[]>('GET', path(number)),
    texts: (number: string, body: string, to = TOLL_FREE, channel = 'sms') =>
      test.control<TextAnswer>('POST', path(number), { to, body, channel }),

    async consent(number: string): Promise<Record<string, unknown>> {
      const held = await test.control<HeldProfile>('GET', `/control/profiles/${encode(number)}`)
      return held.subscriptions.sms.marketing
    },

    /** Lets everything that a text sets off happen. */
    async settle(count: number): Promise<void> {
      test.world.clock.advance(1_000)
      await expect.poll(events).toHaveLength(count)
    },
  }
}

type SeenEvent = { metric: string; properties: Record<string, unknown>; profileId: string }
type Shown = { direction: string; from: string; to: string; body: string; origin: string | null }
type TextAnswer = { eventId: string; profileId: string; error?: string }
type HeldProfile = { subscriptions: { sms: { marketing: Record<string, unknown> } } }
