import type { About, Platform, QueueName } from '../db/records.ts'
import { assertNever } from '../kernel/brand.ts'
import type { BridgeId, CustomerId, TicketId } from '../kernel/ids.ts'

/**
 * A lane is one customer on one bridge in one direction: its work runs strictly in order, one at a
 * time, whoever runs it. Directions are lanes of their own, so that an outage of one platform never
 * delays what goes to the other; so are a ticket's metrics, and the reports that settle texts, which
 * must overtake the very text whose lane waits for them.
 */
export type Lane = {
  readonly key: string
  readonly queue: QueueName
  readonly platform: Platform | null
}

/** The lane of a piece of work. Work about nobody known runs in a lane of its ticket. */
export function laneOf(
  about: About,
  bridgeId: BridgeId,
  customerId: CustomerId | null,
  ticketId: TicketId | null,
): Lane {
  const whose = customerId ?? `${bridgeId}/${ticketId ?? 'none'}`
  switch (about) {
    case 'customer_message':
    case 'consent':
    case 'text_outcome':
      return { key: `${whose}>zendesk`, queue: 'live', platform: 'zendesk' }
    case 'comment':
      return { key: `${whose}>klaviyo`, queue: 'live', platform: 'klaviyo' }
    case 'text_settlement':
      return { key: `${whose}>settle`, queue: 'live', platform: null }
    case 'ticket_metric':
      return { key: `${bridgeId}/${ticketId}>metrics`, queue: 'metrics', platform: 'klaviyo' }
    default:
      return assertNever(about)
  }
}

/** The platform a lane leads to, from its key. */
export function platformOf(lane: string): Platform | null {
  if (lane.endsWith('>zendesk')) return 'zendesk'
  return lane.endsWith('>settle') ? null : 'klaviyo'
}

/** What jobs of one connection share: a slow platform may not take every slot. */
export function groupOf(bridgeId: BridgeId, platform: Platform | null): string {
  return platform === null ? `${bridgeId}:own` : `${bridgeId}:${platform}`
}
