import type { Account, Profile } from '../klaviyo/entities.ts'
import { findOrAddCustomMetric } from '../klaviyo/events/metrics.ts'
import { parsePhoneNumber } from '../klaviyo/texts/phone-numbers.ts'
import type { Ticket, TicketRecord } from '../zendesk/entities/tickets.ts'
import type { TicketUpdate } from '../zendesk/tickets/ticket-watch.ts'
import type { Installation } from './installation.ts'
import type { NativeParts } from './parts.ts'
import { toTicketProperties } from './ticket-properties.ts'

/** The tag that Zendesk puts on the source of a merge [M]. */
const MERGED = 'closed_by_merge'

/**
 * Records Opened Ticket and Resolved Ticket, in each account that chose the ticket's brand. They
 * are metrics of the integration "Zendesk", other ones than those that the API makes by that name.
 * https://help.klaviyo.com/hc/en-us/articles/115005253728
 */
export function createTicketMetrics(parts: NativeParts) {
  const { world, zendesk, klaviyo, doubts, installations } = parts

  function onUpdate({ record, before }: TicketUpdate): void {
    const name = metricOf(record.ticket, before)
    if (name === null) return
    for (const installation of installations.list()) {
      if (installation.metrics && isChosen(installation, record)) {
        recordEvent(installation.account, record, name)
      }
    }
  }

  /** Solved sends nothing. */
  function metricOf({ status, tags }: Ticket, before: Ticket | null): string | null {
    if (before === null) return 'Opened Ticket'
    if (status !== 'closed' || before.status === 'closed') return null
    return tags.includes(MERGED) && doubts.mergeResolves() === 'off' ? null : 'Resolved Ticket'
  }

  function recordEvent(account: Account, record: TicketRecord, name: string): void {
    const now = world.clock.now()
    const profile = profileOf(account, record, now)
    if (profile === null) return
    klaviyo.events.record({
      account,
      profile,
      metric: findOrAddCustomMetric(account, name, now, 'zendesk'),
      properties: toTicketProperties(zendesk.store, record, doubts.propertyTypes()),
      uniqueId: `${zendesk.store.account.subdomain}:${record.ticket.id}`,
    })
  }

  /** The requester's: by e-mail, else by phone [I]. */
  function profileOf(account: Account, record: TicketRecord, now: number): Profile | null {
    const requester = zendesk.store.users.get(record.ticket.requester_id)
    const email = requester?.email ?? null
    const phoneNumber = parsePhoneNumber(requester?.phone ?? '')
    const known = account.profiles.find({ email, phoneNumber })
    if (known !== null || doubts.unknownRequester() === 'no_event') return known
    const isNobody = email === null && phoneNumber === null
    return isNobody ? null : account.profiles.create({ email, phoneNumber }, now)
  }

  return onUpdate
}

function isChosen({ brands }: Installation, { ticket }: TicketRecord): boolean {
  return brands === 'all' || brands.some(({ id }) => id === ticket.brand_id)
}
