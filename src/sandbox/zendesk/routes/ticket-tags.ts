import { Hono } from 'hono'
import { isProblem, notFound, refuse } from '../api/errors.ts'
import { asFields, asId, asTags } from '../api/wire.ts'
import {
  apiActor,
  readJson,
  type ZendeskContext,
  type ZendeskEnv,
  type ZendeskParts,
} from '../emulator.ts'
import { findTicket } from '../store.ts'

type Combine = (current: readonly string[], given: readonly string[]) => string[]

/** PUT adds, POST replaces, DELETE removes. https://developer.zendesk.com/api-reference/ticketing/ticket-management/tags/ */
export function ticketTagRoutes({ store, operations }: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  const path = '/tickets/:id/tags'

  app.get(path, (c) => {
    const record = findTicket(store, asId(c.req.param('id')))
    return record === null ? refuse(c, notFound()) : c.json({ tags: record.ticket.tags })
  })
  app.put(
    path,
    changeTags(200, (current, given) => [...new Set([...current, ...given])]),
  )
  app.post(
    path,
    changeTags(201, (_current, given) => [...given]),
  )
  app.delete(
    path,
    changeTags(204, (current, given) => current.filter((tag) => !given.includes(tag))),
  )

  function changeTags(status: 200 | 201 | 204, combine: Combine) {
    return async (c: ZendeskContext) => {
      const id = asId(c.req.param('id'))
      const given = asTags(asFields(await readJson(c)).tags)
      const tags = combine(findTicket(store, id)?.ticket.tags ?? [], given)
      const outcome = operations.update(id, { tags }, apiActor(c))
      if (isProblem(outcome)) return refuse(c, outcome)
      if (status === 204) return c.body(null, status)
      return c.json({ tags: outcome.record.ticket.tags }, status)
    }
  }

  return app
}
