import type { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Tx } from '../../db/records.ts'
import {
  type ConversationSummary,
  findSummary,
  searchConversations,
} from '../../db/search-conversations.ts'
import { findConsent, findTimeline, listTickets } from '../../db/timeline.ts'
import { getConversation, getConversations, type summarySchema } from './conversations-contract.ts'
import { toEntry } from './conversations-entry.ts'
import { profileLink, ticketLink } from './conversations-links.ts'
import { IN_LINE, stepSentence } from './conversations-steps.ts'

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

function toSummary(row: ConversationSummary): z.infer<typeof summarySchema> {
  const { zendeskAddress, klaviyoAddress, ticketId, ticketStatus, profileId, ...kept } = row
  const { waitingFor, failing, ...facts } = kept
  return {
    ...facts,
    ticket:
      ticketId === null
        ? null
        : { id: ticketId, status: ticketStatus, link: ticketLink(zendeskAddress, ticketId) },
    profile:
      profileId === null ? null : { id: profileId, link: profileLink(klaviyoAddress, profileId) },
    ...stateOf(waitingFor, failing),
    cursor: `${row.lastActivityAt}~${row.id}`,
  }
}

/** Failed counts for more than waiting: it does not mend itself. */
function stateOf(
  waitingFor: string | null,
  failing: ConversationSummary['failing'],
): Pick<z.infer<typeof summarySchema>, 'state' | 'why'> {
  if (failing !== null) return { state: 'failed', why: failureSentence(failing) }
  if (waitingFor === null) return { state: 'fine', why: null }
  return {
    state: 'waiting',
    why: waitingFor === '' ? IN_LINE : waitingFor,
  }
}

function failureSentence({ kind, what, why }: NonNullable<ConversationSummary['failing']>): string {
  if (what === 'set_aside')
    return `Work failed five times inside Replyline and was set aside: ${why ?? 'no error was kept'}.`
  const delivery = what === 'undelivered' ? 'failed' : null
  return stepSentence({ kind, state: what, reason: why, delivery })
}

const CURSOR =
  /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))~([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i

function parseCursor(text: string): { at: string; id: string } | null {
  const [, at, id] = CURSOR.exec(text) ?? []
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) return null
  return { at, id }
}
