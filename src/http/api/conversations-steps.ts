import { deliveryFailure } from '../../conversations/delivery-failure.ts'
import type { TimelineEffect } from '../../db/timeline.ts'
import { because } from './conversations-sentences.ts'

/** Said of work that has no reason of its own to wait. */
export const IN_LINE = 'in line behind other work, or under way'

/** How something that was to be written ended, or how far it is. */
export type Ended = Pick<TimelineEffect, 'kind' | 'state' | 'reason' | 'delivery'> & {
  /** Whether a person has dealt with it. */
  readonly isDismissed?: boolean
  /** Klaviyo's word for why a text did not arrive, where its report is at hand. */
  readonly failure?: string | null
}

type State = 'pending' | 'attempting' | 'done' | 'gave_up' | 'unknown'
type Sentences = Readonly<Record<State, string>>

const STEPS: Readonly<Record<string, Sentences>> = {
  ensure_end_user: {
    pending: 'The customer will be looked up in Zendesk.',
    attempting: 'The customer is being looked up in Zendesk.',
    done: 'The customer is known in Zendesk.',
    gave_up: 'The customer could not be made a user in Zendesk',
    unknown: 'It is not known whether the customer was made a user in Zendesk',
  },
  create_ticket: {
    pending: 'A ticket will be made.',
    attempting: 'A ticket is being made.',
    done: 'A ticket was made.',
    gave_up: 'No ticket was made',
    unknown: 'It is not known whether a ticket was made',
  },
  add_comment: {
    pending: 'The text will be put on the ticket.',
    attempting: 'The text is being put on the ticket.',
    done: 'The text is on the ticket.',
    gave_up: 'The text was not put on the ticket',
    unknown: 'It is not known whether the text is on the ticket',
  },
  add_note: {
    pending: 'An internal note will be written.',
    attempting: 'An internal note is being written.',
    done: 'An internal note tells the agent.',
    gave_up: 'The internal note was not written',
    unknown: 'It is not known whether the internal note was written',
  },
  send_text: {
    pending: 'The text will be sent.',
    attempting: 'The text is being sent.',
    done: 'The text was handed to Klaviyo, which has not reported its delivery yet.',
    gave_up: 'The text was not sent',
    unknown: 'It is not known whether the text was sent; it is never sent twice',
  },
  record_event: {
    pending: 'The event will be recorded in Klaviyo.',
    attempting: 'The event is being recorded in Klaviyo.',
    done: "The event is on the customer's profile in Klaviyo.",
    gave_up: 'The event was not recorded in Klaviyo',
    unknown: 'It is not known whether the event was recorded in Klaviyo',
  },
}

const DELIVERED = "The text was delivered to the customer's phone."
const UNDELIVERED = "The text did not reach the customer's phone"

const WHY: Readonly<Record<string, string>> = {
  ticket_closed: 'the ticket had been closed meanwhile',
  ticket_gone: 'the ticket had been deleted meanwhile',
  user_gone: 'the user had been removed from Zendesk meanwhile',
  discarded: 'a person discarded it',
  told_unknown: 'Klaviyo did not report it, and the agent was told on the ticket',
}

/** What became of one thing that was to be written, with the reason where it failed. */
export function stepSentence(effect: Ended): string {
  const { kind, state, delivery } = effect
  if (delivery === 'delivered') return DELIVERED
  if (delivery === 'failed') return `${UNDELIVERED}${because(stepCause(effect))}.`
  const sentence = STEPS[kind]?.[state as State] ?? `${kind}: ${state}.`
  if (sentence.endsWith('.')) return sentence
  return `${sentence}${because(stepCause(effect))}.`
}

/** Why something failed, in words; null where nobody said. */
export function stepCause({ reason, delivery, failure }: Ended): string | null {
  if (delivery === 'failed') return failure == null ? null : deliveryFailure(failure).says
  return reason === null ? null : (WHY[reason] ?? reason)
}

/** Refusals after which something else was decided: that decision's effects say how it ended. */
const DECIDED_AGAIN = ['ticket_closed', 'ticket_gone', 'user_gone']

/** Whether something was refused, and what was decided in its place says how it ended. */
export function isDecidedAgain({ state, reason }: Ended): boolean {
  return state === 'gave_up' && reason !== null && DECIDED_AGAIN.includes(reason)
}

/** Whether something that was to be written failed, and nothing was decided in its place. */
export function hasFailed({ state, reason, delivery, isDismissed }: Ended): boolean {
  if (isDismissed === true) return false
  if (reason !== null && DECIDED_AGAIN.includes(reason)) return false
  return state === 'gave_up' || state === 'unknown' || delivery === 'failed'
}

const REMEDIES: Readonly<Record<string, string>> = {
  send_text: 'Mend what the sentence names, then try again here, or answer again on the ticket.',
  add_note: 'Mend what the sentence names and try again, or tell the agent yourself.',
}
const TRY_AGAIN = 'Mend what the sentence names, then try again.'

/** What a person can do about something that failed; null where nothing did. */
export function stepRemedy(effect: Ended): string | null {
  if (!hasFailed(effect)) return null
  if (effect.delivery === 'failed') return deliveryFailure(effect.failure ?? '').advice
  if (effect.kind === 'send_text' && effect.state === 'unknown')
    return 'Look in Klaviyo whether the customer got it, before you send it or answer again.'
  return REMEDIES[effect.kind] ?? TRY_AGAIN
}
