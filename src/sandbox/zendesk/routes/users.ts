import { Hono } from 'hono'
import { readJson, type ZendeskContext, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { TicketRecord, User } from '../entities.ts'
import { forbidden, isProblem, notFound, type Problem, refuse } from '../errors.ts'
import { paginate } from '../paging.ts'
import { takeUserWrite, tooMany } from '../rate-limits.ts'
import { findTicket, livingTickets } from '../store.ts'
import { sortAsAsked } from '../ticket-lists.ts'
import { asFields, asText } from '../wire.ts'
import { findUser } from './find-user.ts'

/** One user. https://developer.zendesk.com/api-reference/ticketing/users/users/ */
export function userRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  const toUser = ({ user }: { user: User }) => ({ user: parts.present.user(user) })

  app.post('/users', async (c) => {
    const outcome = parts.users.create(asFields(asFields(await readJson(c)).user))
    return isProblem(outcome) ? refuse(c, outcome) : c.json(toUser({ user: outcome }), 201)
  })
  app.post('/users/create_or_update', (c) => createOrUpdate(parts, c))
  // Bulk imports are off until Zendesk's support switches them on; the words are from memory [M].
  app.post('/users/create_many', (c) => refuse(c, NO_BULK_IMPORT))
  app.post('/users/create_or_update_many', (c) => refuse(c, NO_BULK_IMPORT))

  app.get('/users/:id', (c) => withUser(parts, c, (user) => c.json(toUser({ user }))))
  app.put('/users/:id', async (c) => {
    const given = asFields(asFields(await readJson(c)).user)
    return withUser(parts, c, (user) => {
      const outcome = parts.users.update(user, given)
      return isProblem(outcome) ? refuse(c, outcome) : c.json(toUser({ user: outcome }))
    })
  })
  app.delete('/users/:id', (c) =>
    withUser(parts, c, (user) => orUser(c, parts, user, parts.users.remove(user))),
  )
  app.get('/users/:id/related', (c) => withUser(parts, c, (user) => c.json(related(parts, user))))
  app.get('/users/:id/tickets/requested', (c) =>
    withUser(parts, c, (user) => listTickets(parts, c, requestedBy(parts, user))),
  )
  app.get('/users/:id/tickets/assigned', (c) =>
    withUser(parts, c, (user) => listTickets(parts, c, assignedTo(parts, user))),
  )
  /** The user in the path disappears into the one in the body. */
  app.put('/users/:id/merge', async (c) => {
    const given = asFields(asFields(await readJson(c)).user)
    const winner = findUser(parts, asText(given.id) ?? '')
    if (winner === null) return refuse(c, notFound())
    return withUser(parts, c, (loser) => {
      const problem = parts.users.merge(loser, winner)
      return orUser(c, parts, winner, problem)
    })
  })
  return app
}

const NO_BULK_IMPORT = forbidden('Bulk user import is not enabled for this account')

function withUser(
  parts: ZendeskParts,
  c: ZendeskContext,
  answer: (user: User) => Response,
): Response {
  const user = findUser(parts, c.req.param('id'))
  return user === null ? refuse(c, notFound()) : answer(user)
}

function orUser(
  c: ZendeskContext,
  { present }: ZendeskParts,
  user: User,
  problem: Problem | null,
): Response {
  return problem === null ? c.json({ user: present.user(user) }) : refuse(c, problem)
}

async function createOrUpdate(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const given = asFields(asFields(await readJson(c)).user)
  const known = parts.users.findMatch(given)
  const answer = known === null ? null : takeUserWrite(parts, known.id)
  if (answer?.allowed === false) return refuse(c, tooMany(answer))
  const outcome = parts.users.createOrUpdate(given)
  if (isProblem(outcome)) return refuse(c, outcome)
  return c.json({ user: parts.present.user(outcome.user) }, outcome.isNew ? 201 : 200)
}

function requestedBy({ store }: ZendeskParts, user: User): TicketRecord[] {
  const ids = [...(store.ticketIdsByRequester.get(user.id) ?? [])]
  return ids.flatMap((id) => findTicket(store, id) ?? [])
}

function assignedTo({ store }: ZendeskParts, user: User): TicketRecord[] {
  return livingTickets(store).filter(({ ticket }) => ticket.assignee_id === user.id)
}

function related(parts: ZendeskParts, user: User) {
  const assigned_tickets = assignedTo(parts, user).length
  const requested_tickets = requestedBy(parts, user).length
  const none = { ccd_tickets: 0, organization_subscriptions: 0 }
  return { user_related: { assigned_tickets, requested_tickets, ...none } }
}

function listTickets(parts: ZendeskParts, c: ZendeskContext, records: TicketRecord[]): Response {
  const page = paginate(c.req, sortAsAsked(records, c.req.url))
  if (isProblem(page)) return refuse(c, page)
  return c.json({ tickets: page.items.map(parts.present.ticket), ...page.about })
}
