import type { Messages } from '../texts/messages.ts'
import type { ReceivedText } from '../texts/traffic.ts'

/** The wording is the sandbox's own; operators write theirs in Klaviyo. */
const RESPONSES = {
  subscribed: 'You are subscribed to texts. Reply HELP for help, STOP to opt out.',
  askToConfirm: 'Reply YES to confirm that you want our texts.',
  optedOut: 'You are unsubscribed and will get no more texts. Reply START to come back.',
  help: 'Text us your question and we will answer here. Reply STOP to opt out.',
  notRecognised: 'Thanks for your text. We will get back to you.',
} as const

/** Answers a text by itself, from the number that it was sent to. */
export function respond(
  messages: Messages,
  { account, profile, text }: ReceivedText,
  words: keyof typeof RESPONSES,
  sentAt: number,
): void {
  const body = `${account.name}: ${RESPONSES[words]}`
  const { channel, to: from } = text
  messages.send({ account, profile, channel, from, body, origin: 'auto-response', sentAt })
}
