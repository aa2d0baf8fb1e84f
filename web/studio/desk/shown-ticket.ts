import { useTickets } from '../api/reads.ts'
import type { TicketSummary } from '../api/world.ts'
import { useView } from '../view.tsx'

type ShownTicket = {
  readonly isReading: boolean
  readonly problem: string | null
  readonly all: readonly TicketSummary[]
  /** Of the person whose phone is in hand, the latest first. */
  readonly ofPerson: readonly TicketSummary[]
  /** The chosen ticket, while there is one; else the person's latest. */
  readonly shown: TicketSummary | null
}

/** Which tickets there are, and which of them lies on the desk. */
export function useShownTicket(): ShownTicket {
  const [{ phone, ticket }] = useView()
  const tickets = useTickets()
  const all = [...(tickets.data ?? [])].sort(latestFirst)
  const ofPerson = all.filter(({ requester }) => requester?.phone === phone)
  return {
    isReading: tickets.isPending,
    problem: tickets.data === undefined ? (tickets.error?.message ?? null) : null,
    all,
    ofPerson,
    shown: all.find(({ id }) => id === ticket) ?? ofPerson[0] ?? null,
  }
}

function latestFirst(a: TicketSummary, b: TicketSummary): number {
  return b.updated_at.localeCompare(a.updated_at) || b.id - a.id
}
