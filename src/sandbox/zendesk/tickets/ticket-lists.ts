import { comparePlaces, type KeyOf } from '../api/cursors.ts'
import type { TicketRecord } from '../entities/tickets.ts'

const KEYS: Readonly<Record<string, KeyOf<TicketRecord>>> = {
  id: ({ ticket }) => ({ key: ticket.id, id: ticket.id }),
  status: ({ ticket }) => ({ key: ticket.status, id: ticket.id }),
  updated_at: ({ ticket }) => ({ key: ticket.updated_at, id: ticket.id }),
}

/** What lists by offset sort by besides; requester, assignee and group are not emulated. */
const OFFSET_KEYS: Readonly<Record<string, KeyOf<TicketRecord>>> = {
  ...KEYS,
  created_at: ({ ticket }) => ({ key: ticket.created_at, id: ticket.id }),
  subject: ({ ticket }) => ({ key: ticket.subject ?? '', id: ticket.id }),
}

const BY_ID: KeyOf<TicketRecord> = ({ ticket }) => ({ key: ticket.id, id: ticket.id })

/** Tickets sort by `id`, `status` or `updated_at`, a minus in front reverses; by id otherwise. */
export function sortTickets(records: readonly TicketRecord[], sort: string | undefined): Sorted {
  return inOrder(
    records,
    KEYS[sort?.replace(/^-/, '') ?? 'id'],
    sort?.startsWith('-') ? 'desc' : 'asc',
  )
}

/**
 * As a list's caller asks: by `sort_by` and `sort_order` with offsets, by `sort` with cursors, which drop
 * the other two. https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#list-tickets
 */
export function sortAsAsked(records: readonly TicketRecord[], url: string): Sorted {
  const { searchParams } = new URL(url)
  const by = searchParams.get('sort_by')
  const isCursor = [...searchParams.keys()].some((name) => name.startsWith('page['))
  if (by === null || isCursor) return sortTickets(records, searchParams.get('sort') ?? undefined)
  const direction = searchParams.get('sort_order') === 'desc' ? 'desc' : 'asc'
  return inOrder(records, OFFSET_KEYS[by], direction)
}

type Sorted = {
  readonly items: TicketRecord[]
  readonly keyOf: KeyOf<TicketRecord>
  readonly direction: 'asc' | 'desc'
}

function inOrder(
  records: readonly TicketRecord[],
  keyOf: KeyOf<TicketRecord> = BY_ID,
  direction: 'asc' | 'desc',
): Sorted {
  const sign = direction === 'desc' ? -1 : 1
  const items = records.toSorted((a, b) => comparePlaces(keyOf(a), keyOf(b)) * sign)
  return { items, keyOf, direction }
}
