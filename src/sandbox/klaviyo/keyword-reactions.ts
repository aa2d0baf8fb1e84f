import { ulid } from '../core/ids.ts'
import type { SandboxTimers } from '../core/timers.ts'
import { type ConsentChange, changeConsent, mayReceive } from './consent.ts'
import type { EventRecorder } from './event-recorder.ts'
import { readIntent, type TextIntent } from './keywords.ts'
import { flowLabels } from './marketing-labels.ts'
import type { Messages } from './messages.ts'
import { CHANNEL_METRICS, getBuiltInMetric } from './metrics.ts'
import { regionOf } from './phone-numbers.ts'
import type { Switches } from './switches.ts'
import type { ReceivedText } from './traffic.ts'

/** What Klaviyo itself does about a text: changes consent, answers, starts a flow. */
export type KeywordReactions = {
  /** Answers what the text was taken for. Consent changes only later. */
  react(received: ReceivedText): TextIntent
}

/** The wording of the responses is the sandbox's own; operators write theirs in Klaviyo. */
const RESPONSES = {
  subscribed: 'You are subscribed to texts. Reply HELP for help, STOP to opt out.',
  askToConfirm: 'Reply YES to confirm that you want our texts.',
  optedOut: 'You are unsubscribed and will get no more texts. Reply START to come back.',
  help: 'Text us your question and we will answer here. Reply STOP to opt out.',
  notRecognised: 'Thanks for your text. We will get back to you.',
} as const

export function createKeywordReactions(parts: {
  readonly timers: SandboxTimers
  readonly switches: Switches
  readonly events: EventRecorder
  readonly messages: Messages
}): KeywordReactions {
  const { timers, switches, events, messages } = parts

  function respond(received: ReceivedText, words: keyof typeof RESPONSES, sentAt: number): void {
    const { account, profile, text } = received
    const body = `${account.name}: ${RESPONSES[words]}`
    const { channel, to: from } = text
    messages.send({ account, profile, channel, from, body, origin: 'auto-response', sentAt })
  }

  /** Consent follows the inbound event by `consent_event_delay_ms`; its own event comes with it. */
  function afterDelay(received: ReceivedText, task: (at: number) => void): void {
    const dueAt = received.at + switches.consentEventDelayMs()
    timers.at(dueAt, () => task(dueAt))
  }

  function change(received: ReceivedText, consent: ConsentChange): boolean {
    const { account, profile, text } = received
    const hasChanged = changeConsent(profile, text.channel, consent)
    const moment = consent.status === 'SUBSCRIBED' ? 'subscribed' : 'unsubscribed'
    const kind = CHANNEL_METRICS[text.channel][moment]
    if (!hasChanged || kind === null) return hasChanged
    events.record({
      account,
      profile,
      metric: getBuiltInMetric(account, kind),
      at: consent.at,
      uniqueId: ulid(consent.at),
      properties: { Method: 'TEXT' },
    })
    return true
  }

  function subscribe(received: ReceivedText, keyword: string, at: number): void {
    received.profile.pendingOptIn = null
    change(received, { status: 'SUBSCRIBED', at, method: 'TEXT', methodDetail: keyword })
    respond(received, 'subscribed', at)
  }

  function optIn(received: ReceivedText, keyword: string): void {
    const asksFirst =
      switches.doubleOptIn() === 'on' && received.account.subscribeKeywords.includes(keyword)
    if (!asksFirst) {
      afterDelay(received, (at) => subscribe(received, keyword, at))
      return
    }
    received.profile.pendingOptIn = keyword
    respond(received, 'askToConfirm', received.at)
  }

  function optOut(received: ReceivedText): void {
    afterDelay(received, (at) => {
      received.profile.pendingOptIn = null
      // Someone who has opted out already hears nothing more [I].
      const hasChanged = change(received, { status: 'UNSUBSCRIBED', at, method: 'TEXT' })
      if (hasChanged) respond(received, 'optedOut', at)
    })
  }

  function startFlow({ account, profile, text, at }: ReceivedText, keyword: string): void {
    const automation = account.automations.find((known) => known.keyword === keyword)
    if (automation === undefined || !mayReceive(profile, text.channel)) return
    const { flow, reply: body } = automation
    const { channel, to: from } = text
    const labels = flowLabels(account, flow)
    messages.send({ account, profile, channel, from, body, origin: 'flow', labels, sentAt: at })
  }

  function confirm(received: ReceivedText): void {
    const keyword = received.profile.pendingOptIn ?? ''
    afterDelay(received, (at) => subscribe(received, keyword, at))
  }

  function follow(received: ReceivedText, intent: TextIntent): void {
    switch (intent.kind) {
      case 'opt_out':
        optOut(received)
        break
      case 'opt_in':
        optIn(received, intent.keyword)
        break
      case 'confirm':
        confirm(received)
        break
      case 'help':
        respond(received, 'help', received.at)
        break
      case 'automation':
        startFlow(received, intent.keyword)
        break
      case 'none':
        if (switches.autoResponder() === 'on') respond(received, 'notRecognised', received.at)
    }
  }

  return {
    react(received) {
      const { account, profile, text } = received
      const intent = readIntent(text.body, {
        subscribeKeywords: account.subscribeKeywords,
        automationKeywords: account.automations.map(({ keyword }) => keyword),
        optOutMode: switches.optOutMode(),
        region: regionOf(text.from),
        isOptInPending: profile.pendingOptIn !== null,
      })
      follow(received, intent)
      return intent
    },
  }
}
