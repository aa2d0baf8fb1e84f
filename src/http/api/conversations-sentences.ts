import { deliveryFailure } from '../../conversations/delivery-failure.ts'
import type { Words } from './conversations-words.ts'

type Happened = { readonly kind: string; readonly reason: string | null; readonly words: Words }

/** What happened, in a sentence that a support lead understands. */
export function headline({ kind, reason, words }: Happened): string {
  if (reason === 'echo') return 'Zendesk told us of a comment that Replyline itself had written.'
  if (kind === 'comment_added') return WROTE[words.from ?? 'agent']
  const sentence = reason === 'marketing_message' ? marketing : HAPPENED[kind]
  return sentence?.(words.detail) ?? `An event that Replyline does not act on: ${kind}.`
}

const WROTE: Record<NonNullable<Words['from']>, string> = {
  agent: 'An agent answered on the ticket.',
  note: 'An internal note was written on the ticket.',
  customer: 'The customer wrote on the ticket itself.',
  brand: 'An agent answered on the ticket.',
}

type Sentence = (detail: string | null) => string

const marketing: Sentence = (campaign) =>
  campaign === null
    ? 'Klaviyo sent a campaign or flow text.'
    : `Klaviyo sent the campaign “${campaign}”.`

/** A cause at the end of a sentence, which has a full stop of its own. */
export function because(why: string | null): string {
  return why === null ? '' : `: ${why.replace(/\.$/, '')}`
}

const HAPPENED: Readonly<Record<string, Sentence>> = {
  customer_message: (number) =>
    number === null ? 'The customer texted.' : `The customer texted ${number}.`,
  message_delivered: () => 'Klaviyo reported a text as delivered.',
  message_failed: (why) => `Klaviyo reported that a text did not arrive${because(meaning(why))}.`,
  auto_response_delivered: () => 'Klaviyo answered by itself.',
  consent_given: () => 'The customer subscribed to texts.',
  consent_withdrawn: () => 'The customer opted out of texts.',
  ticket_created: () => 'The ticket was opened in Zendesk.',
  ticket_status_changed: (status) =>
    status === null ? "The ticket's status changed." : `The ticket became ${statusName(status)}.`,
  ticket_merged: (into) => `The ticket was merged into ${into === null ? 'another' : `#${into}`}.`,
  ticket_deleted: () => 'The ticket was deleted.',
  ticket_changed: () => 'The ticket was changed.',
  text_outcome: (why) => `There was news of a text for the agent${because(meaning(why))}.`,
}

/** Klaviyo's word for a failure, in ours; anything else as it is. */
function meaning(why: string | null): string | null {
  return why === null ? null : deliveryFailure(why).says
}

/** On-hold is `hold` on the wire. */
function statusName(status: string): string {
  return status === 'hold' ? 'on-hold' : status
}
