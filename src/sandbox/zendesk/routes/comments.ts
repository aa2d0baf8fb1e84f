import { Hono } from 'hono'
import { comparePlaces } from '../api/cursors.ts'
import { isProblem, notFound, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { presentAudit, presentComment } from '../api/present.ts'
import { asId, commaList, toWireTime } from '../api/wire.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import type { Comment, TicketRecord } from '../entities/tickets.ts'
import { findTicket } from '../store.ts'

/** Comments and audits are read here; they are written by updating the ticket. */
export function commentRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  const read = (c: ZendeskContext, answer: (record: TicketRecord) => Response): Response => {
    const record = findTicket(parts.store, asId(c.req.param('id')))
    return record === null ? refuse(c, notFound()) : answer(record)
  }
  const count = (c: ZendeskContext, value: number): Response => {
    const refreshed_at = toWireTime(parts.world.clock.now())
    return c.json({ count: { value, refreshed_at } })
  }

  app.get('/tickets/:id/comments', (c) => read(c, (record) => listComments(parts, c, record)))
  app.get('/tickets/:id/comments/count', (c) =>
    read(c, ({ comments }) => count(c, comments.length)),
  )
  app.put('/tickets/:id/comments/:commentId/make_private', (c) =>
    read(c, (record) => makePrivate(c, record)),
  )
  app.get('/tickets/:id/audits', (c) => read(c, (record) => listAudits(c, record)))
  app.get('/tickets/:id/audits/count', (c) => read(c, ({ audits }) => count(c, audits.length)))
  app.get('/tickets/:id/audits/:auditId', (c) =>
    read(c, ({ audits }) => {
      const audit = audits.find(({ id }) => id === asId(c.req.param('auditId')))
      return audit === undefined ? refuse(c, notFound()) : c.json({ audit: presentAudit(audit) })
    }),
  )
  return app
}

/** Oldest first, or newest with `sort=-created_at` (`sort_order=desc` when paging by offset). */
function listComments(
  { store, doubts, present }: ZendeskParts,
  c: ZendeskContext,
  record: TicketRecord,
): Response {
  const isDescending = c.req.query('sort') === '-created_at' || c.req.query('sort_order') === 'desc'
  const direction = isDescending ? ('desc' as const) : ('asc' as const)
  const page = paginate(c.req, { items: inOrder(record.comments, direction), keyOf, direction })
  if (isProblem(page)) return refuse(c, page)

  const authors = new Set(page.items.map((comment) => comment.author_id))
  const users = [...authors].flatMap((id) => store.users.get(id) ?? []).map(present.user)
  const sideLoads = commaList(c.req.query('include')).includes('users') ? { users } : {}
  const comments = page.items.map((comment) => presentComment(comment, doubts))
  return c.json({ comments, ...sideLoads, ...page.about })
}

function makePrivate(c: ZendeskContext, { comments }: TicketRecord): Response {
  const comment = comments.find(({ id }) => id === asId(c.req.param('commentId')))
  if (comment === undefined) return refuse(c, notFound())
  comment.public = false
  // The specification says a string, and shows none.
  return c.json('')
}

function listAudits(c: ZendeskContext, { audits }: TicketRecord): Response {
  const page = paginate(c.req, { items: audits, keyOf })
  if (isProblem(page)) return refuse(c, page)
  return c.json({ audits: page.items.map(presentAudit), ...page.about })
}

const keyOf = ({ id, created_at }: { id: number; created_at: string }) => ({ key: created_at, id })

function inOrder(comments: readonly Comment[], direction: 'asc' | 'desc'): Comment[] {
  const sign = direction === 'desc' ? -1 : 1
  return comments.toSorted((a, b) => comparePlaces(keyOf(a), keyOf(b)) * sign)
}
