import type { SandboxClock } from '../../core/clock.ts'
import { ulid } from '../../core/ids.ts'
import type { SandboxTimers } from '../../core/timers.ts'
import { isWindowOpen, mayReceive } from '../consent/consent.ts'
import type { Account, Channel, Profile } from '../entities.ts'
import type { EventRecorder } from '../events/event-recorder.ts'
import { CHANNEL_METRICS, getBuiltInMetric, type MessageMoment } from '../events/metrics.ts'
import type { Switches } from '../switches/switches.ts'
import { findConversation } from './conversations.ts'
import { regionOf } from './phone-numbers.ts'
import type { FailureType, Origin, Phones } from './phones.ts'
import type { Traffic } from './traffic.ts'

export type OutboundText = {
  readonly account: Account
  readonly profile: Profile
  readonly channel: Channel
  readonly from: string
  readonly body: string
  readonly origin: Origin
  /** What campaigns and flows say about themselves: `$message`, `$flow`, `Campaign Name`. */
  readonly labels?: Readonly<Record<string, string>>
  /** When Klaviyo hands the text over; now, when not given. */
  readonly sentAt?: number
}

export type Messages = {
  /** Puts the text on the phone after `delivery_delay_ms`, or fails; an event says which. */
  send(text: OutboundText): void
}

type MessageParts = {
  readonly clock: SandboxClock
  readonly timers: SandboxTimers
  readonly switches: Switches
  readonly events: EventRecorder
  readonly phones: Phones
  readonly traffic: Traffic
}

export function createMessages(parts: MessageParts): Messages {
  const { clock, timers, switches, phones, traffic } = parts

  /** As it is handed over, on WhatsApp. No event of it is known, so the text goes without one [?]. */
  function isTooLate({ account, profile, channel, origin }: OutboundText): boolean {
    const conversation = findConversation(account, profile.id, channel)
    if (origin !== 'conversation' || conversation === null) return false
    return !isWindowOpen(conversation, clock.now())
  }

  function arrive(text: OutboundText, phoneNumber: string): void {
    const failure = failureOf(text, phones.takeFailure(phoneNumber))
    if (failure !== null) {
      recordFate(parts, text, phoneNumber, failedMoment(text), { 'Failure Type': failure })
      return
    }
    const at = new Date(clock.now()).toISOString()
    const { from, body, origin } = text
    phones.show(phoneNumber, { direction: 'received', from, to: phoneNumber, body, at, origin })
    recordFate(parts, text, phoneNumber, deliveredMoment(text), {
      'Carrier Delivery Status': 'Delivered',
    })

    const messageId = text.labels?.$message
    if (messageId !== undefined) text.profile.lastMarketing = { messageId, at: clock.now() }
  }

  return {
    send(text) {
      const { phoneNumber } = text.profile
      if (phoneNumber === null || isTooLate(text)) return
      const dueAt = (text.sentAt ?? clock.now()) + switches.deliveryDelayMs()
      timers.at(dueAt, () => arrive(text, phoneNumber))
      traffic.tell({ kind: 'sent', text })
    },
  }
}

/** The event of a text that arrived or failed. */
function recordFate(
  parts: MessageParts,
  text: OutboundText,
  phoneNumber: string,
  moment: MessageMoment,
  result: Record<string, string>,
): void {
  const { clock, switches, events } = parts
  const { account, profile, channel } = text
  const kind = CHANNEL_METRICS[channel][moment]
  if (kind === null) return
  const hasBody = switches.deliveredBody() === 'present'
  events.record({
    account,
    profile,
    metric: getBuiltInMetric(account, kind),
    uniqueId: ulid(clock.now()),
    properties: {
      ...namedProperties(switches, {
        ...(hasBody ? { 'Message Body': text.body } : {}),
        ...numberProperties(text.from, phoneNumber),
      }),
      'Message Format': formatOf(channel),
      ...replyLabels(parts, text),
      ...text.labels,
      ...result,
    },
  })
}

/** Whether an answer carries an id of its own, as marketing does, is a doubt. */
function replyLabels(
  { clock, switches }: MessageParts,
  { origin }: OutboundText,
): Record<string, string> {
  const hasId = origin === 'conversation' && switches.replyMessageId() === 'present'
  return hasId ? { $message: ulid(clock.now()) } : {}
}

/** The number properties of every message event; a short code has no region. */
export function numberProperties(from: string, to: string): Record<string, string> {
  const properties: Record<string, string> = { 'From Number': from, 'To Number': to }
  const [fromRegion, toRegion] = [regionOf(from), regionOf(to)]
  if (fromRegion !== null) properties['From Phone Region'] = fromRegion
  if (toRegion !== null) properties['To Phone Region'] = toRegion
  return properties
}

/** A message's own properties, under the names that `message_properties` chooses. */
export function namedProperties(
  switches: Switches,
  properties: Record<string, string>,
): Record<string, string> {
  if (switches.messageProperties() === 'title_case') return properties
  const toSnake = (name: string) => name.toLowerCase().replaceAll(' ', '_')
  return Object.fromEntries(Object.entries(properties).map(([name, v]) => [toSnake(name), v]))
}

export function formatOf(channel: Channel): string {
  return channel === 'sms' ? 'SMS' : 'WhatsApp'
}

/** Which Failure Type a profile without consent gets is not documented; `Message Blocked` [I]. */
function failureOf(text: OutboundText, ofPhone: FailureType | null): FailureType | null {
  if (ofPhone !== null) return ofPhone
  if (text.origin === 'auto-response') return null
  return mayReceive(text.profile, text.channel) ? null : 'Message Blocked'
}

function deliveredMoment({ origin }: OutboundText): MessageMoment {
  return origin === 'auto-response' ? 'auto_received' : 'received'
}

function failedMoment({ origin }: OutboundText): MessageMoment {
  return origin === 'auto-response' ? 'auto_failed' : 'failed'
}
