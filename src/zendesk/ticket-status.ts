import { z } from 'zod'

/** A ticket's status category. `hold` reads "On-hold" on screen; `closed` is final. */
export type TicketStatus = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed'

/**
 * Every spelling seen or documented → ours. Webhooks write upper case (seen), older notes title
 * case; an archived ticket is a closed one kept elsewhere; a deleted or scrubbed one has none.
 * https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/
 */
const STATUS_OF: Readonly<Record<string, TicketStatus | null>> = {
  new: 'new',
  open: 'open',
  pending: 'pending',
  hold: 'hold',
  'on-hold': 'hold',
  on_hold: 'hold',
  'on hold': 'hold',
  onhold: 'hold',
  solved: 'solved',
  closed: 'closed',
  archived: 'closed',
  deleted: null,
  scrubbed: null,
}

/** The status a word stands for; null for deleted and scrubbed; undefined for no word of Zendesk's. */
function toTicketStatus(raw: unknown): TicketStatus | null | undefined {
  const word = typeof raw === 'string' ? raw.trim().toLowerCase() : ''
  return Object.hasOwn(STATUS_OF, word) ? STATUS_OF[word] : undefined
}

/** A status, or null when absent, unknown, deleted or scrubbed. */
export const optionalStatus = z
  .unknown()
  .optional()
  .transform((raw) => toTicketStatus(raw) ?? null)

/** A status word of Zendesk's; null stands for deleted or scrubbed. */
export const neededStatus = z
  .unknown()
  .optional()
  .transform((raw, context): TicketStatus | null => {
    const status = toTicketStatus(raw)
    if (status !== undefined) return status
    context.addIssue({ code: 'custom', message: raw === undefined ? 'missing' : 'not a status' })
    return z.NEVER
  })
