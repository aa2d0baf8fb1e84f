import { ulid } from '../../core/ids.ts'
import type { SandboxTimers } from '../../core/timers.ts'
import type { EventRecorder } from '../events/event-recorder.ts'
import { CHANNEL_METRICS, getBuiltInMetric } from '../events/metrics.ts'
import type { Switches } from '../switches/switches.ts'
import type { Messages } from '../texts/messages.ts'
import type { ReceivedText } from '../texts/traffic.ts'
import { respond } from './automated-responses.ts'
import { type ConsentChange, changeConsent } from './consent.ts'

export type ReactionParts = {
  readonly timers: SandboxTimers
  readonly switches: Switches
  readonly events: EventRecorder
  readonly messages: Messages
}

/** Consent follows the inbound event by `consent_event_delay_ms`; its own event comes with it. */
function afterDelay(
  { timers, switches }: ReactionParts,
  received: ReceivedText,
  task: (at: number) => void,
): void {
  const dueAt = received.at + switches.consentEventDelayMs()
  timers.at(dueAt, () => task(dueAt))
}

/** A subscribe keyword, or START: at once, or after YES where the account asks for it. */
export function optIn(parts: ReactionParts, received: ReceivedText, keyword: string): void {
  const { switches, messages } = parts
  const asksFirst =
    switches.doubleOptIn() === 'on' && received.account.subscribeKeywords.includes(keyword)
  if (!asksFirst) {
    afterDelay(parts, received, (at) => subscribe(parts, received, keyword, at))
    return
  }
  received.profile.pendingOptIn = keyword
  respond(messages, received, 'askToConfirm', received.at)
}

/** YES, to a question that was asked before. */
export function confirmOptIn(parts: ReactionParts, received: ReceivedText): void {
  const keyword = received.profile.pendingOptIn ?? ''
  afterDelay(parts, received, (at) => subscribe(parts, received, keyword, at))
}

export function optOut(parts: ReactionParts, received: ReceivedText): void {
  afterDelay(parts, received, (at) => {
    received.profile.pendingOptIn = null
    // Someone who has opted out already hears nothing more [I].
    const hasChanged = change(parts, received, { status: 'UNSUBSCRIBED', at, method: 'TEXT' })
    if (hasChanged) respond(parts.messages, received, 'optedOut', at)
  })
}

function subscribe(
  parts: ReactionParts,
  received: ReceivedText,
  keyword: string,
  at: number,
): void {
  received.profile.pendingOptIn = null
  change(parts, received, { status: 'SUBSCRIBED', at, method: 'TEXT', methodDetail: keyword })
  respond(parts.messages, received, 'subscribed', at)
}

function change(
  { events }: ReactionParts,
  { account, profile, text }: ReceivedText,
  consent: ConsentChange,
): boolean {
  const hasChanged = changeConsent(profile, text.channel, consent)
  const moment = consent.status === 'SUBSCRIBED' ? 'subscribed' : 'unsubscribed'
  const kind = CHANNEL_METRICS[text.channel][moment]
  if (!hasChanged || kind === null) return hasChanged
  const metric = getBuiltInMetric(account, kind)
  const { at } = consent
  const properties = { Method: 'TEXT' }
  events.record({ account, profile, metric, at, uniqueId: ulid(at), properties })
  return true
}
