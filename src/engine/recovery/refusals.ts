/** Why what a person asked for is not done, with the sentence they read. */
export const RECOVERY_REFUSALS = {
  not_found: 'Nothing with this id is kept: it may have been removed with its bridge.',
  under_way: 'It is being worked on right now. Look again in a moment.',
  went_well: 'It did not fail, so there is nothing to do again.',
  dealt_with: 'Somebody has dealt with it already.',
  may_arrive_twice:
    'It is not known whether this text arrived. Look in Klaviyo first; then say that it may be sent although it could arrive twice.',
  only_texts_are_edited:
    'Only an answer to a customer can be changed: what a customer wrote, and what is recorded about a ticket, stays as it was.',
  nothing_to_do: 'It was settled as it came in: there is nothing to decide again.',
} as const

export type RecoveryRefusal = keyof typeof RECOVERY_REFUSALS
