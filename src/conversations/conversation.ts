import type {
  ConversationId,
  KlaviyoConversationId,
  ProfileId,
  TicketId,
  ZendeskBrandId,
} from '../kernel/ids.ts'
import type { Channel } from './events.ts'

export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed'

/** The ticket as last told. `status` is null until Zendesk has said it once. */
export type CurrentTicket = { readonly id: TicketId; readonly status: TicketStatus | null }

/** One customer number and one sending number, with at most one current ticket. */
export type Conversation = {
  readonly id: ConversationId
  readonly channel: Channel
  readonly profileId: ProfileId | null
  readonly klaviyoConversationId: KlaviyoConversationId | null
  readonly ticket: CurrentTicket | null
}

/** Where texts to one sending number go; `tags` come on top of the policy's. */
export type Route = {
  readonly number: string
  readonly brandId: ZendeskBrandId | null
  readonly tags: readonly string[]
}

/** The operator's choices that a decision depends on. Keywords are upper case. */
export type Policy = {
  readonly smsEnabled: boolean
  /** The brand and tags of new tickets, unless the number that was texted has a route of its own. */
  readonly brandId: ZendeskBrandId | null
  readonly tags: readonly string[]
  readonly routes: readonly Route[]
  readonly subscribeKeywords: readonly string[]
  readonly automationKeywords: readonly string[]
  /** How long a text that could be a keyword waits for the consent change that would prove it. */
  readonly keywordHoldMs: number
}

/** True while a customer's text belongs on the ticket as a comment, whatever the text says. */
export function isActive(ticket: CurrentTicket | null): ticket is CurrentTicket {
  return ticket !== null && ticket.status !== 'solved' && ticket.status !== 'closed'
}
