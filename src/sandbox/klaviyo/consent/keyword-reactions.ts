import type { Switches } from '../switches/switches.ts'
import { flowLabels } from '../texts/marketing-labels.ts'
import type { Messages } from '../texts/messages.ts'
import { regionOf } from '../texts/phone-numbers.ts'
import type { ReceivedText } from '../texts/traffic.ts'
import { respond } from './automated-responses.ts'
import { mayReceive } from './consent.ts'
import { confirmOptIn, optIn, optOut, type ReactionParts } from './consent-keywords.ts'
import { readIntent, type TextIntent } from './keywords.ts'

/** What Klaviyo itself does about a text: changes consent, answers, starts a flow. */
export type KeywordReactions = {
  /** Answers what the text was taken for. Consent changes only later. */
  react(received: ReceivedText): TextIntent
}

export function createKeywordReactions(parts: ReactionParts): KeywordReactions {
  return {
    react(received) {
      const intent = intentOf(received, parts.switches)
      follow(parts, received, intent)
      return intent
    },
  }
}

function intentOf({ account, profile, text }: ReceivedText, switches: Switches): TextIntent {
  return readIntent(text.body, {
    subscribeKeywords: account.subscribeKeywords,
    automationKeywords: account.automations.map(({ keyword }) => keyword),
    optOutMode: switches.optOutMode(),
    region: regionOf(text.from),
    isOptInPending: profile.pendingOptIn !== null,
  })
}

function follow(parts: ReactionParts, received: ReceivedText, intent: TextIntent): void {
  const { messages, switches } = parts
  switch (intent.kind) {
    case 'opt_out':
      optOut(parts, received)
      break
    case 'opt_in':
      optIn(parts, received, intent.keyword)
      break
    case 'confirm':
      confirmOptIn(parts, received)
      break
    case 'help':
      respond(messages, received, 'help', received.at)
      break
    case 'automation':
      startFlow(messages, received, intent.keyword)
      break
    case 'none':
      if (switches.autoResponder() === 'on') {
        respond(messages, received, 'notRecognised', received.at)
      }
  }
}

function startFlow(
  messages: Messages,
  { account, profile, text, at: sentAt }: ReceivedText,
  keyword: string,
): void {
  const automation = account.automations.find((known) => known.keyword === keyword)
  if (automation === undefined || !mayReceive(profile, text.channel)) return
  const { flow, reply: body } = automation
  const { channel, to: from } = text
  const labels = flowLabels(account, flow)
  messages.send({ account, profile, channel, from, body, origin: 'flow', labels, sentAt })
}
