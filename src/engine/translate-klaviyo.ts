import type { ConsentChanged, CustomerMessageReceived } from '../conversations/events.ts'
import type { CustomerHint, IntakeRow, MarketingText } from '../db/records.ts'
import type { BridgeId, EventId, ProfileId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { type KlaviyoEvent, parseKlaviyoDelivery } from '../klaviyo/webhook/parse.ts'
import { contentKey } from './content-key.ts'

type Translated = Pick<
  IntakeRow,
  'at' | 'customer' | 'consent' | 'flowMessageTo' | 'marketing' | 'work' | 'settled'
>

/** A Klaviyo event as intake stores it: what identifies it, what it tells at once, what work it makes. `raw` must be storable. */
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
    payload: raw,
    ticketState: null,
    ...translate(event, now),
  }
}

const NOTHING = {
  customer: null,
  consent: null,
  flowMessageTo: null,
  marketing: null,
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
      return ofOutgoing(event)
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

/** A text that Klaviyo sent, or could not. */
function ofOutgoing(event: Outgoing): Translated {
  const { at, profileId, to } = event
  if (!isMarketing(event))
    return { ...NOTHING, at, customer: known(profileId, to), work: ['text_settlement'] }
  return {
    ...NOTHING,
    at,
    flowMessageTo: event.marketing?.flow ? profileId : null,
    marketing: event.kind === 'message_delivered' ? marketingText(event) : null,
    settled: 'marketing_message',
  }
}

type Outgoing = Extract<KlaviyoEvent, { kind: 'message_delivered' | 'message_failed' }>

/**
 * Campaigns carry a name and flows an id; an answer written by a person carries neither [I]. Whether a
 * message's own id tells the two apart is unknown, so alone it makes no marketing of a message.
 */
function isMarketing(event: Outgoing): boolean {
  const { marketing } = event
  return marketing !== null && (marketing.flow !== null || marketing.campaignName !== null)
}

/** A flow is known by its id, a campaign by its message's, else by its name. */
function marketingText(event: Outgoing): MarketingText {
  const { profileId, to: phone, marketing } = event
  const { flow = null, message = null, campaignName = null, messageName = null } = marketing ?? {}
  const origin =
    (flow && `flow:${flow}`) ?? (message && `message:${message}`) ?? `campaign:${campaignName}`
  return {
    profileId,
    phone,
    origin: origin.slice(0, LONGEST),
    name: (campaignName ?? messageName)?.slice(0, LONGEST) ?? null,
  }
}

/** More than any id or name of a campaign, and less than an index holds. */
const LONGEST = 300

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
