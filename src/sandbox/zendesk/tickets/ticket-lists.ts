import { comparePlaces, type KeyOf } from '../api/cursors.ts'
import type { TicketRecord } from '../entities/tickets.ts'

const KEYS: Readonly<Record<string, KeyOf<TicketRecord>>> = {
  id: ({ ticket }) => ({ key: ticket.id, id: ticket.id }),
  status: ({ ticket }) => ({ key: ticket.status, id: ticket.id }),
  updated_at: ({ ticket }) => ({ key: ticket.updated_at, id: ticket.id }),
}

const BY_ID: KeyOf<TicketRecord> = ({ ticket }) => ({ key: ticket.id, id: ticket.id })

/** Tickets sort by `id`, `status` or `updated_at`, a minus in front reverses; by id otherwise. */
export function sortTickets(
  records: readonly TicketRecord[],
  sort: string | undefined,
): { items: TicketRecord[]; keyOf: KeyOf<TicketRecord>; direction: 'asc' | 'desc' } {
  const direction = sort?.startsWith('-') ? 'desc' : 'asc'
  const keyOf = KEYS[sort?.replace(/^-/, '') ?? 'id'] ?? BY_ID
  const sign = direction === 'desc' ? -1 : 1
  const items = records.toSorted((a, b) => comparePlaces(keyOf(a), keyOf(b)) * sign)
  return { items, keyOf, direction }
}
