import { Hono } from 'hono'
import type { ZendeskEnv, ZendeskParts } from '../emulator.ts'
import type { Comment } from '../entities.ts'
import { isProblem, notFound, refuse } from '../errors.ts'
import { comparePlaces, paginate } from '../paging.ts'
import { presentAudit, presentComment, presentUser } from '../present.ts'
import { findTicket } from '../store.ts'
import { asId, commaList } from '../wire.ts'

/** Comments and audits are read here; they are written by updating the ticket. */
export function commentRoutes({ store, doubts }: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()

  /** Oldest first, or newest with `sort=-created_at` (`sort_order=desc` when paging by offset). */
  app.get('/tickets/:id/comments', (c) => {
    const record = findTicket(store, asId(c.req.param('id')))
    if (record === null) return refuse(c, notFound())
    const isDescending =
      c.req.query('sort') === '-created_at' || c.req.query('sort_order') === 'desc'
    const direction = isDescending ? ('desc' as const) : ('asc' as const)
    const page = paginate(c.req, { items: inOrder(record.comments, direction), keyOf, direction })
    if (isProblem(page)) return refuse(c, page)

    const authors = new Set(page.items.map((comment) => comment.author_id))
    const users = [...authors].flatMap((id) => store.users.get(id) ?? []).map(presentUser)
    const sideLoads = commaList(c.req.query('include')).includes('users') ? { users } : {}
    const comments = page.items.map((comment) => presentComment(comment, doubts))
    return c.json({ comments, ...sideLoads, ...page.about })
  })

  app.put('/tickets/:id/comments/:commentId/make_private', (c) => {
    const record = findTicket(store, asId(c.req.param('id')))
    const comment = record?.comments.find(({ id }) => id === asId(c.req.param('commentId')))
    if (comment === undefined) return refuse(c, notFound())
    comment.public = false
    return c.json({})
  })

  app.get('/tickets/:id/audits', (c) => {
    const record = findTicket(store, asId(c.req.param('id')))
    if (record === null) return refuse(c, notFound())
    const page = paginate(c.req, { items: record.audits, keyOf })
    if (isProblem(page)) return refuse(c, page)
    return c.json({ audits: page.items.map(presentAudit), ...page.about })
  })

  return app
}

const keyOf = ({ id, created_at }: { id: number; created_at: string }) => ({ key: created_at, id })

function inOrder(comments: readonly Comment[], direction: 'asc' | 'desc'): Comment[] {
  const sign = direction === 'desc' ? -1 : 1
  return comments.toSorted((a, b) => comparePlaces(keyOf(a), keyOf(b)) * sign)
}
