import type { ConsentChanged, CustomerMessageReceived } from '../conversations/events.ts'
import type { CustomerHint, IntakeRow } from '../db/records.ts'
import type { BridgeId, EventId, ProfileId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type KlaviyoEvent, parseKlaviyoDelivery } from '../klaviyo/webhook/parse.ts'
import { contentKey } from './content-key.ts'
import { toStorableJson } from './storable-json.ts'

type Translated = Pick<
  IntakeRow,
  'at' | 'customer' | 'consent' | 'flowMessageTo' | 'work' | 'settled'
>

/** A Klaviyo event as intake stores it: what identifies it, what it tells at once, what work it makes. */
export function toIntakeRow(
  event: KlaviyoEvent,
  raw: unknown,
  bridgeId: BridgeId,
  eventId: EventId,
  now: Instant,
): IntakeRow {
  return {
    eventId,
    bridgeId,
    source: 'klaviyo',
    key: event.eventId === null ? contentKey(raw) : `event:${event.eventId}`,
    kind:
      event.kind === 'unsupported' || event.kind === 'unreadable'
        ? event.topic || event.kind
        : event.kind,
    remoteId: event.eventId ?? eventId,
    ticketId: null,
    commentId: null,
    payload: toStorableJson(raw),
    ticketState: null,
    ...translate(event, now),
  }
}

const NOTHING = {
  customer: null,
  consent: null,
  flowMessageTo: null,
  work: [],
  settled: null,
} as const

function translate(event: KlaviyoEvent, now: Instant): Translated {
  switch (event.kind) {
    case 'unsupported':
    case 'unreadable':
      return { ...NOTHING, at: now, settled: event.kind }
    case 'customer_message':
      return event.profileId === null
        ? { ...NOTHING, at: event.at, settled: 'unreadable' }
        : {
            ...NOTHING,
            at: event.at,
            customer: { profileId: event.profileId, phone: event.from, create: true },
            work: ['customer_message'],
          }
    case 'message_delivered':
    case 'message_failed':
      return isMarketing(event)
        ? {
            ...NOTHING,
            at: event.at,
            flowMessageTo: event.marketing?.flow ? event.profileId : null,
            settled: 'marketing_message',
          }
        : {
            ...NOTHING,
            at: event.at,
            customer: known(event.profileId, event.to),
            work: ['text_settlement'],
          }
    case 'auto_response_delivered':
      return { ...NOTHING, at: event.at, settled: 'auto_response' }
    case 'consent_given':
    case 'consent_withdrawn':
      return event.profileId === null
        ? { ...NOTHING, at: event.at, settled: 'unreadable' }
        : {
            ...NOTHING,
            at: event.at,
            customer: known(event.profileId, null),
            consent: {
              profileId: event.profileId,
              to: event.kind === 'consent_given' ? 'given' : 'withdrawn',
            },
            work: ['consent'],
          }
  }
}

/**
 * Campaigns carry a name and flows an id; an answer written by a person carries neither [I]. Whether a
 * message's own id tells the two apart is unknown, so alone it makes no marketing of a message.
 */
function isMarketing(event: Extract<KlaviyoEvent, { marketing: unknown }>): boolean {
  const { marketing } = event
  return marketing !== null && (marketing.flow !== null || marketing.campaignName !== null)
}

function known(profileId: ProfileId | null, phone: string | null): CustomerHint {
  return { profileId, phone, create: false }
}

/** Reads a stored element of a delivery again. */
export function parseStored(payload: unknown): KlaviyoEvent {
  const parsed = parseKlaviyoDelivery({ meta: {}, data: [payload] })
  const event = parsed.ok ? parsed.value.events[0] : undefined
  if (event === undefined) throw new Error('a stored Klaviyo event cannot be read again')
  return event
}

/** The message of an event that intake filed as `customer_message` work. */
export function toCustomerMessage(event: KlaviyoEvent): CustomerMessageReceived {
  if (event.kind !== 'customer_message' || event.profileId === null)
    throw new Error(`${event.kind} is no customer message`)
  return {
    kind: 'customer_message_received',
    messageId: event.eventId,
    channel: event.channel,
    body: event.body,
    customerNumber: event.from,
    brandNumber: event.to,
    profileId: event.profileId,
    at: event.at,
  }
}

/** The change of an event that intake filed as `consent` work. */
export function toConsentChanged(event: KlaviyoEvent): ConsentChanged {
  if (
    (event.kind !== 'consent_given' && event.kind !== 'consent_withdrawn') ||
    event.profileId === null
  )
    throw new Error(`${event.kind} is no consent`)
  return {
    kind: 'consent_changed',
    profileId: event.profileId,
    to: event.kind === 'consent_given' ? 'given' : 'withdrawn',
    at: event.at,
  }
}
