import type { FeedPosition } from '../../db/feed-store.ts'
import type { IntakeRow } from '../../db/records.ts'
import type { BridgeId, EventId, TicketId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Result } from '../../kernel/result.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'

/** One event of a feed, under the key that the webhook's event has: taken in twice, it counts once. */
export type FeedEvent = {
  readonly at: Instant
  /** The ticket whose closing this is; no news where a closing of it was taken in, under whichever id. */
  readonly unlessClosed: TicketId | null
  readonly toRow: (bridgeId: BridgeId, eventId: EventId, now: Instant) => IntakeRow
}

/** Part of a feed, oldest first. */
export type FeedPage = {
  readonly events: readonly FeedEvent[]
  readonly next: FeedPosition
  /** Whether there is more at once. */
  readonly hasMore: boolean
}

/** Reads a platform's own record of what happened, from a position on. Never throws; changes nothing. */
export type ReadFeed = (
  position: FeedPosition,
  now: Instant,
) => Promise<Result<FeedPage, ApiProblem>>
