import { expect } from 'vitest'
import { createControlApp } from '../control/app.ts'
import { createKlaviyoEmulator, type KlaviyoEmulator } from '../klaviyo/app.ts'
import { createWorld } from '../world.ts'
import { createZendeskEmulator } from '../zendesk/app.ts'
import { createNativeIntegration } from './integration.ts'

export const SARAH = '+14155550111'
export const NO_EMAIL = '+14155550112'
export const NEVER_SUBSCRIBED = '+14155550113'
export const LIKE_AGENT = '+14155550114'
export const TOLL_FREE = '+18005550100'
export const LONG_CODE = '+14155550101'
export const ALVA = 'agent@example.com'
export const BO = 'bo@example.com'

type Seen = {
  readonly id: number
  readonly subject: string | null
  readonly description: string
  readonly status: string
  readonly tags: readonly string[]
  readonly brand: string
  readonly requester: { readonly email: string | null; readonly phone: string | null }
  readonly comments: readonly SeenComment[]
}

type SeenComment = {
  readonly body: string
  readonly public: boolean
  readonly author: { readonly name: string; readonly role: string }
}

export type SeenEvent = {
  readonly metric: string
  readonly integration: string
  readonly account: string
  readonly profileId: string
  readonly profile: { readonly email: string | null; readonly phone_number: string | null }
  readonly properties: Readonly<Record<string, unknown>>
}

type Answer<Body> = { readonly status: number; readonly body: Body }
type Refusal = { readonly description: string }

export type TestNative = ReturnType<typeof createTestNative>

/** Both platforms and the integration between them, without ports. Nothing is installed yet. */
export function createTestNative() {
  const world = createWorld()
  const zendesk = createZendeskEmulator(world)
  const klaviyo = createKlaviyoEmulator(world)
  const native = createNativeIntegration({ world, zendesk, klaviyo })
  const findHost = () => null
  const app = createControlApp({ world, zendesk, klaviyo, native, folder: null, findHost })
  world.settings.set('delivery_delay_ms', 0)
  world.settings.set('consent_event_delay_ms', 0)
  const lastSeeded = Math.max(...zendesk.store.tickets.keys())
  let endings = 0

  async function ask<Body = Refusal>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer<Body>> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await app.request(`/control${path}`, { method, ...sent })
    return { status: answer.status, body: (await answer.json()) as Body }
  }

  /** The tickets made since the seed, oldest first. */
  async function tickets(): Promise<readonly Seen[]> {
    const { body } = await ask<Seen[]>('GET', '/tickets')
    const made = body.filter(({ id }) => id > lastSeeded).sort((a, b) => a.id - b.id)
    return Promise.all(made.map(async ({ id }) => (await ask<Seen>('GET', `/tickets/${id}`)).body))
  }

  /** What the phone got, up to now: a last text of our own ends the wait. */
  async function received(number: string) {
    endings += 1
    const ending = `that is all (${endings})`
    sendLast(klaviyo, number, ending)
    const all = () => klaviyo.phones.messages(number)
    await expect.poll(() => all().some(({ body }) => body === ending)).toBe(true)
    const isAnswer = (body: string) => !body.startsWith('that is all (')
    return all().filter(({ direction, body }) => direction === 'received' && isAnswer(body))
  }

  return {
    world,
    zendesk,
    klaviyo,
    ask,
    tickets,
    received,
    uninstall: () => native.reset(),
    install: (choices: object = { metrics: true, sms: true }) => ask('PUT', '/native', choices),
    doubt: (name: string, value: string) => expect(world.settings.set(name, value)).toBeNull(),
    texts: (from: string, body: string, to = TOLL_FREE, channel = 'sms') =>
      ask<{ profileId: string }>('POST', `/phones/${from}/messages`, { to, body, channel }),
    profile: async (number: string) =>
      (await ask<{ id: string }>('GET', `/profiles/${number}`)).body,
    comments: (id: number, body: string, more: object = {}) =>
      ask('POST', `/tickets/${id}/comments`, { agentEmail: ALVA, body, public: true, ...more }),
    becomes: (id: number, status: string) => ask('POST', `/tickets/${id}/status`, { status }),
    mails: (more: object = {}) =>
      ask<{ id: number }>('POST', '/tickets', {
        ...{ subject: 'Invoice', body: 'Please send it.', requesterEmail: 'kari@example.com' },
        ...more,
      }),
    events: async (metric: string) =>
      (await ask<SeenEvent[]>('GET', `/events?metric=${encodeURIComponent(metric)}`)).body,
    /** The newest ticket, or a failed test. */
    async ticket(): Promise<Seen> {
      const newest = (await tickets()).at(-1)
      if (newest === undefined) throw new Error('no ticket was made')
      return newest
    },
    close() {
      klaviyo.close()
      zendesk.close()
      world.close()
    },
  }
}

function sendLast(klaviyo: KlaviyoEmulator, number: string, body: string): void {
  const [person] = klaviyo.store.findByPhone(number)
  if (person === undefined) throw new Error(`nobody has ${number}`)
  klaviyo.messages.send({
    ...person,
    channel: 'sms',
    from: TOLL_FREE,
    body,
    origin: 'auto-response',
  })
}
