import { isProblem, type Problem } from '../api/errors.ts'
import { asId } from '../api/wire.ts'
import type { ZendeskParts } from '../emulator.ts'
import type { Status, Ticket, TicketRecord } from '../entities/tickets.ts'
import { livingTickets } from '../store.ts'
import { includesWord, isRecent, parseQuery } from './search-query.ts'

type TicketTest = (ticket: Ticket, value: string, operator: string) => boolean

/** What the sandbox can search tickets by; the query language has more. */
const TICKET_TESTS: Readonly<Record<string, TicketTest>> = {
  type: (_ticket, value) => value === 'ticket',
  tags: (ticket, value) => ticket.tags.includes(value.toLowerCase()),
  status: (ticket, value, operator) => statusMatches(ticket.status, operator, value),
  requester: (ticket, value) => ticket.requester_id === asId(value),
  assignee: (ticket, value) => ticket.assignee_id === asId(value),
  brand: (ticket, value) => ticket.brand_id === asId(value),
  external_id: (ticket, value) => ticket.external_id === value,
  subject: (ticket, value) => includesWord(ticket.subject, value),
}

const STATUS_ORDER: readonly Status[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed']

/** The tickets in the index that match. Free words are looked for in subject and first comment. */
export function searchTickets(
  { store, world, doubts }: ZendeskParts,
  query: string,
): TicketRecord[] | Problem {
  const terms = parseQuery(query, Object.keys(TICKET_TESTS))
  if (isProblem(terms)) return terms
  const now = world.clock.now()
  return livingTickets(store).filter(({ ticket }) => {
    if (isRecent(ticket.created_at, now, doubts.searchLagMs())) return false
    return terms.every(({ field, operator, value }) => {
      const test = field === null ? undefined : TICKET_TESTS[field]
      if (test !== undefined) return test(ticket, value, operator)
      return includesWord(ticket.subject, value) || includesWord(ticket.description, value)
    })
  })
}

function statusMatches(status: Status, operator: string, value: string): boolean {
  const wanted = STATUS_ORDER.indexOf(value as Status)
  const actual = STATUS_ORDER.indexOf(status)
  if (operator === '<') return actual < wanted
  if (operator === '<=') return actual <= wanted
  if (operator === '>') return actual > wanted
  return operator === '>=' ? actual >= wanted : actual === wanted
}
