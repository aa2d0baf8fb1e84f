import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Tx } from '../../db/records.ts'
import { findSummary, searchConversations } from '../../db/search-conversations.ts'
import { findConsent, findTimeline, listTickets } from '../../db/timeline.ts'
import { getConversation, getConversations } from './conversations-contract.ts'
import { toEntry } from './conversations-entry.ts'
import { ticketLink } from './conversations-links.ts'
import { toSummary } from './conversations-summary.ts'

/** `GET /conversations` and `GET /conversations/{id}`. Reads only. */
export function mountConversations(api: OpenAPIHono, { db }: { readonly db: Tx }): void {
  api.openapi(getConversations, async (context) => {
    const { before, bridge = null, state = null, ...query } = context.req.valid('query')
    const from = before === undefined ? null : parseCursor(before)
    if (before !== undefined && from === null)
      return context.json({ error: 'before: not a cursor of this list' }, 400)
    const rows = await searchConversations(db, { ...query, bridge, state, before: from })
    return context.json({ conversations: rows.map(toSummary) }, 200)
  })

  api.openapi(getConversation, async (context) => {
    const { id } = context.req.valid('param')
    const { before = null, limit } = context.req.valid('query')
    const row = await findSummary(db, id)
    if (row === null) return context.json({ error: 'no conversation has this id' }, 404)
    const tickets = await listTickets(db, id)
    const events = await findTimeline(db, id, { before, limit })
    return context.json(
      {
        conversation: toSummary(row),
        tickets: tickets.map((ticket) => ({
          ...ticket,
          link: ticketLink(row.zendeskAddress, ticket.id),
        })),
        consent: await findConsent(db, id),
        timeline: events.map(toEntry),
        earlier: events.length < limit ? null : (events[0]?.id ?? null),
      },
      200,
    )
  })
}

const CURSOR =
  /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))~([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i

function parseCursor(text: string): { at: string; id: string } | null {
  const [, at, id] = CURSOR.exec(text) ?? []
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) return null
  return { at, id }
}
