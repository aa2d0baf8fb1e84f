import { Hono } from 'hono'
import { forbidden, isProblem, notFound, type Problem, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { takeUserWrite, tooMany } from '../api/rate-limits.ts'
import { asFields, asText, type Fields } from '../api/wire.ts'
import { readJson, type ZendeskContext, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { User } from '../entities/people.ts'
import type { TicketRecord } from '../entities/tickets.ts'
import { findTicket, livingTickets } from '../store.ts'
import { sortAsAsked } from '../tickets/ticket-lists.ts'
import { findUser } from './find-user.ts'

/** One user. https://developer.zendesk.com/api-reference/ticketing/users/users/ */
export function userRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.post('/users', (c) => create(parts, c))
  app.post('/users/create_or_update', (c) => createOrUpdate(parts, c))
  // Bulk imports are off until Zendesk's support switches them on; the words are from memory [M].
  app.post('/users/create_many', (c) => refuse(c, NO_BULK_IMPORT))
  app.post('/users/create_or_update_many', (c) => refuse(c, NO_BULK_IMPORT))

  app.get('/users/:id', (c) => withUser(parts, c, (user) => show(parts, c, user)))
  app.put('/users/:id', (c) => update(parts, c))
  app.delete('/users/:id', (c) =>
    withUser(parts, c, (user) => orUser(c, parts, user, parts.users.remove(user))),
  )
  app.put('/users/:id/merge', (c) => merge(parts, c))
  app.get('/users/:id/related', (c) => withUser(parts, c, (user) => c.json(related(parts, user))))
  app.get('/users/:id/tickets/requested', (c) =>
    withUser(parts, c, (user) => listTickets(parts, c, requestedBy(parts, user))),
  )
  app.get('/users/:id/tickets/assigned', (c) =>
    withUser(parts, c, (user) => listTickets(parts, c, assignedTo(parts, user))),
  )
  return app
}

function show({ present }: ZendeskParts, c: ZendeskContext, user: User): Response {
  return c.json({ user: present.user(user) })
}

async function givenUser(c: ZendeskContext): Promise<Fields> {
  return asFields(asFields(await readJson(c)).user)
}

async function create(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const outcome = parts.users.create(await givenUser(c))
  if (isProblem(outcome)) return refuse(c, outcome)
  return c.json({ user: parts.present.user(outcome) }, 201)
}

async function update(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const given = await givenUser(c)
  return withUser(parts, c, (user) => {
    const outcome = parts.users.update(user, given)
    return isProblem(outcome) ? refuse(c, outcome) : show(parts, c, outcome)
  })
}

/** The user in the path disappears into the one in the body. */
async function merge(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const { id } = await givenUser(c)
  const winner = findUser(parts, asText(id) ?? '')
  if (winner === null) return refuse(c, notFound())
  return withUser(parts, c, (loser) => orUser(c, parts, winner, parts.users.merge(loser, winner)))
}

const NO_BULK_IMPORT = forbidden('Bulk user import is not enabled for this account')

function withUser(
  parts: ZendeskParts,
  c: ZendeskContext,
  answer: (user: User) => Response,
): Response {
  const user = findUser(parts, c.req.param('id') ?? '')
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
  const given = await givenUser(c)
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
