import type { SandboxClock } from '../../core/clock.ts'
import { ulid } from '../../core/ids.ts'
import type { KeywordReactions } from '../consent/keyword-reactions.ts'
import type { Account, Channel, Profile } from '../entities.ts'
import type { EventRecorder } from '../events/event-recorder.ts'
import { CHANNEL_METRICS, getBuiltInMetric } from '../events/metrics.ts'
import type { KlaviyoStore } from '../store.ts'
import type { Switches } from '../switches/switches.ts'
import { noteInbound } from './conversations.ts'
import { formatOf, namedProperties, numberProperties } from './messages.ts'
import type { Phones } from './phones.ts'
import type { Traffic } from './traffic.ts'

const DAY = 24 * 60 * 60_000

export type InboundText = {
  readonly from: string
  readonly to: string
  readonly body: string
  readonly channel: Channel
}

type InboundOutcome =
  | { readonly kind: 'received'; readonly eventId: string; readonly profileId: string }
  /** No account has that number. */
  | { readonly kind: 'unknown_number' }
  /** A branded sender: it has no number that could be texted. */
  | { readonly kind: 'cannot_receive' }

/** Carries what people text to the brands' numbers. */
export type PhoneNetwork = { text(text: InboundText): InboundOutcome }

export function createPhoneNetwork(parts: {
  readonly clock: SandboxClock
  readonly store: KlaviyoStore
  readonly switches: Switches
  readonly events: EventRecorder
  readonly phones: Phones
  readonly reactions: KeywordReactions
  readonly traffic: Traffic
}): PhoneNetwork {
  const { clock, store, switches, events, phones, reactions, traffic } = parts

  function receive(account: Account, text: InboundText, at: number): InboundOutcome {
    const { from, to, body, channel } = text
    const profile =
      account.profiles.find({ phoneNumber: from }) ??
      account.profiles.create({ phoneNumber: from }, at)
    noteInbound(account, profile, { channel, brandNumber: to, at })
    const origin = null
    phones.show(from, { direction: 'sent', from, to, body, at: new Date(at).toISOString(), origin })

    const eventId = events.record({
      account,
      profile,
      metric: getBuiltInMetric(account, CHANNEL_METRICS[channel].sent ?? 'sent'),
      uniqueId: ulid(at),
      at,
      properties: inboundProperties(text, attributedMessage(profile, at)),
    })
    const received = { account, profile, text, at }
    const intent = reactions.react(received)
    traffic.tell({ kind: 'received', ...received, intent })
    return { kind: 'received', eventId, profileId: profile.id }
  }

  function inboundProperties(text: InboundText, messageId: string | null) {
    const { 'To Number': toNumber, ...numbers } = numberProperties(text.from, text.to)
    return {
      ...namedProperties(switches, {
        'Message Body': text.body,
        ...numbers,
        ...(switches.inboundToNumber() === 'present' ? { 'To Number': toNumber ?? '' } : {}),
      }),
      'Message Format': formatOf(text.channel),
      ...(messageId === null ? {} : { $message: messageId }),
    }
  }

  return {
    text(text) {
      const found = store.findNumber(text.to)
      if (found === null) return { kind: 'unknown_number' }
      if (found.sender.kind === 'alpha') return { kind: 'cannot_receive' }
      return receive(found.account, text, clock.now())
    },
  }
}

/**
 * The campaign or flow message that an inbound text is attributed to: only the first text within
 * 24 hours of it. https://help.klaviyo.com/hc/en-us/articles/360059002271
 */
function attributedMessage(profile: Profile, at: number): string | null {
  const last = profile.lastMarketing
  profile.lastMarketing = null
  return last !== null && at - last.at <= DAY ? last.messageId : null
}
