import type { Policy } from '../conversations/conversation.ts'
import type { Effect } from '../db/records.ts'
import type { BridgeId } from '../kernel/ids.ts'
import type { ConversationMessages } from '../klaviyo/conversation-messages.ts'
import type { Events } from '../klaviyo/events.ts'
import type { Profiles } from '../klaviyo/profiles.ts'
import type { MetricsPolicy } from '../metrics/on-ticket-event.ts'
import type { TicketField } from '../zendesk/account.ts'
import type { Tickets } from '../zendesk/tickets.ts'
import type { Users } from '../zendesk/users.ts'
import type { Wait } from './retry.ts'

/** A bridge ready to work: its clients and what its operator chose. Made anew when its settings change. */
export type BridgeContext = {
  readonly id: BridgeId
  readonly name: string
  readonly policy: Policy
  readonly metricsPolicy: MetricsPolicy
  readonly zendesk: { readonly tickets: Tickets; readonly users: Users }
  readonly klaviyo: {
    readonly profiles: Profiles
    readonly messages: ConversationMessages
    readonly events: Events
  }
  /**
   * What keeps an effect from its call, as far as this process knows: the platform's limits, or that it is
   * not called at all. Null: it may try. Of a limit each asker gets a later time, so that a backlog comes
   * back one by one.
   */
  readonly waitFor: (effect: Effect) => Wait | null
  /** Custom ticket fields with their titles, as read when the bridge was last applied. */
  readonly ticketFields: readonly TicketField[]
}

/** Finds a bridge; null when it was removed. Cheap: it may be called for each piece of work. */
export type FindBridge = (id: BridgeId) => Promise<BridgeContext | null>

/** How long a bridge is used before it is read again: a change takes effect within this time. */
export const BRIDGE_FRESH_MS = 2_000
