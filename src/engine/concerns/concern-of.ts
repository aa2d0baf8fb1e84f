import type { About } from '../../db/records.ts'
import { comment } from './comment.ts'
import type { Concern } from './concern.ts'
import { consent } from './consent.ts'
import { customerMessage } from './customer-message.ts'
import { textOutcome } from './text-outcome.ts'
import { textSettlement } from './text-settlement.ts'
import { ticketMetric } from './ticket-metric.ts'

/** Each concern's facts are what it gathered itself, stored as JSON in between. */
const CONCERNS = {
  customer_message: customerMessage as Concern<unknown>,
  comment: comment as Concern<unknown>,
  text_settlement: textSettlement as Concern<unknown>,
  consent: consent as Concern<unknown>,
  text_outcome: textOutcome as Concern<unknown>,
  ticket_metric: ticketMetric as Concern<unknown>,
} as const satisfies Record<About, Concern<unknown>>

/** The concern of a piece of work. */
export function concernOf(about: About): Concern<unknown> {
  return CONCERNS[about]
}
