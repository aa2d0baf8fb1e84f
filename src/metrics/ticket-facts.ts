import type { ProfileId, TicketId, ZendeskBrandId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'

/** A ticket with its people and field titles, as read for a metric. */
export type TicketFacts = {
  readonly id: TicketId
  readonly subject: string | null
  readonly description: string | null
  readonly status: string
  readonly priority: string | null
  readonly type: string | null
  readonly tags: readonly string[]
  readonly viaChannel: string | null
  readonly viaSource: string | null
  readonly brandId: ZendeskBrandId | null
  readonly assignee: { readonly name: string | null; readonly email: string | null } | null
  readonly groupName: string | null
  readonly requester: {
    readonly id: string
    readonly name: string | null
    readonly email: string | null
    readonly phone: string | null
  }
  /** Custom fields by title; options by their label. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly createdAt: Instant | null
  readonly agentUrl: string
  /** Set for a ticket of our own: the channel its texts come by, and whose they are. */
  readonly conversation: { readonly channel: string; readonly profileId: ProfileId | null } | null
}
