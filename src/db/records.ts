import type { Conversation, TicketStatus } from '../conversations/conversation.ts'
import type { ConversationEffect } from '../conversations/effects.ts'
import type { Channel } from '../conversations/events.ts'
import type { Reason } from '../conversations/reasons.ts'
import type {
  BridgeId,
  CommentId,
  ConversationId,
  CustomerId,
  EffectId,
  EventId,
  KlaviyoConversationId,
  ProfileId,
  TicketId,
  WorkItemId,
  ZendeskUserId,
} from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { RecordEvent } from '../metrics/to-klaviyo-event.ts'

/** A transaction, or a connection outside of one. Only `db/`, `parking.ts` and `claim.ts` write SQL on it. */
export type Tx = {
  query<Row extends object>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number | null }>
}

/** A `select` that holds what must not change hands, as the first part of a statement: its values come first. */
export type Fence = { readonly sql: string; readonly values: readonly [string, string, number] }

/** Runs `work` in one transaction: all of it is kept, or nothing. */
export type InTransaction = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

export type Source = 'zendesk' | 'klaviyo' | 'replyline'
export type Platform = 'zendesk' | 'klaviyo'

/** What a work item is about: it names the gatherer and the decision. */
export type About =
  | 'customer_message'
  | 'comment'
  | 'text_settlement'
  | 'consent'
  | 'text_outcome'
  | 'ticket_metric'

export type Effect = ConversationEffect | RecordEvent

/** An event as intake stores it. `work` is empty when `settled` already says what is to be known. */
export type IntakeRow = {
  readonly eventId: EventId
  readonly bridgeId: BridgeId
  readonly source: Source
  /** What identifies the fact: the same key twice is the same event. */
  readonly key: string
  readonly kind: string
  readonly remoteId: string
  readonly ticketId: TicketId | null
  readonly commentId: CommentId | null
  readonly at: Instant
  readonly payload: unknown
  readonly customer: CustomerHint | null
  readonly ticketState: TicketState | null
  readonly consent: { readonly profileId: ProfileId; readonly to: 'given' | 'withdrawn' } | null
  readonly flowMessageTo: ProfileId | null
  /** Set for what a campaign or flow delivered; such an event is stored only when its customer has a current ticket. */
  readonly marketing: MarketingText | null
  readonly work: readonly About[]
  readonly settled: Reason | null
}

/** A text of a campaign or flow that reached a phone. */
export type MarketingText = {
  readonly profileId: ProfileId | null
  readonly phone: string | null
  /** `flow:<id>`, `message:<id>` or `campaign:<name>`, whichever the event says first. */
  readonly origin: string
  /** As people know it; null when the event does not say. */
  readonly name: string | null
}

/** Whom an event concerns, by what it names; `create` when an unknown customer is to be known from now on. */
export type CustomerHint = {
  readonly profileId: ProfileId | null
  readonly phone: string | null
  readonly create: boolean
}

/** State that must not wait in a lane: the newest wins, whatever order events come in. */
export type TicketState = {
  readonly ticketId: TicketId
  readonly status: TicketStatus | null
  readonly ours: { readonly conversationId: ConversationId; readonly effectId: EffectId } | null
}

export type JobDraft = {
  readonly workItemId: WorkItemId
  readonly queue: QueueName
  readonly lane: string
  readonly group: string
}
export type QueueName = 'live' | 'metrics'

export type WorkItem = {
  readonly id: WorkItemId
  readonly eventId: EventId
  readonly bridgeId: BridgeId
  readonly queue: QueueName
  readonly lane: string
  readonly about: About
  readonly conversationId: ConversationId | null
  readonly state: 'open' | 'decided' | 'done' | 'set_aside'
  readonly reason: Reason | null
  readonly gathered: unknown
  readonly failures: number
  /** Since when reading what it needs has failed; null while it has not. */
  readonly failingSince: Instant | null
  readonly createdAt: Instant
  /** When it was last decided, or revived by a person; null while it is open. */
  readonly decidedAt: Instant | null
  readonly event: {
    readonly source: Source
    readonly kind: string
    readonly remoteId: string
    readonly payload: unknown
    readonly customerId: CustomerId | null
    readonly at: Instant
  }
}

export type EffectState = 'pending' | 'attempting' | 'done' | 'gave_up' | 'unknown'

export type EffectRow = {
  readonly id: EffectId
  readonly ordinal: number
  readonly bridgeId: BridgeId
  readonly effect: Effect
  readonly state: EffectState
  readonly reason: string | null
  readonly result: EffectResult | null
  readonly attemptCount: number
  readonly firstAttemptedAt: Instant | null
  readonly settledAt: Instant | null
  readonly delivery: 'delivered' | 'failed' | null
  /** Whether a person has dealt with its failure. */
  readonly isDismissed: boolean
}

/** What an effect left behind that later effects or readers need. */
export type EffectResult = {
  readonly userId?: ZendeskUserId
  readonly ticketId?: TicketId
  readonly commentId?: CommentId | null
}

export type ConversationRow = Conversation & {
  readonly bridgeId: BridgeId
  readonly customerId: CustomerId
  readonly brandNumber: string
  readonly customerNumber: string | null
  readonly creatingEffectId: EffectId | null
}

export type ConversationKey = {
  readonly bridgeId: BridgeId
  readonly customerId: CustomerId
  readonly channel: Channel
  readonly brandNumber: string
}

export type ConversationLinks = {
  readonly profileId?: ProfileId
  readonly customerNumber?: string
  /** What the profile says of the person; null or absent leaves what is known. */
  readonly customerName?: string | null
  readonly customerEmail?: string | null
  readonly klaviyoConversationId?: KlaviyoConversationId
}
