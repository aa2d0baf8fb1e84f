import { Hono } from 'hono'
import { readJson, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { User } from '../entities.ts'
import { badRequest, invalidField, isProblem, notFound, refuse } from '../errors.ts'
import { paginate } from '../paging.ts'
import { presentIdentity, presentTicket, presentUser } from '../present.ts'
import { takeUserWrite, tooMany } from '../rate-limits.ts'
import { findTicket, indexRequester } from '../store.ts'
import { sortTickets } from '../ticket-lists.ts'
import { asFields, asId, asText } from '../wire.ts'

/** https://developer.zendesk.com/api-reference/ticketing/users/users/ */
export function userRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const { store, users } = parts
  const app = new Hono<ZendeskEnv>()
  const findUser = (id: string): User | null => {
    const user = store.users.get(asId(id) ?? 0)
    return user?.active ? user : null
  }

  app.post('/users', async (c) => {
    const outcome = users.create(asFields(asFields(await readJson(c)).user))
    if (isProblem(outcome)) return refuse(c, outcome)
    return c.json({ user: presentUser(outcome) }, 201)
  })

  app.post('/users/create_or_update', async (c) => {
    const given = asFields(asFields(await readJson(c)).user)
    const known = users.findMatch(given)
    const answer = known === null ? null : takeUserWrite(parts, known.id)
    if (answer?.allowed === false) return refuse(c, tooMany(answer))
    const outcome = users.createOrUpdate(given)
    if (isProblem(outcome)) return refuse(c, outcome)
    return c.json({ user: presentUser(outcome.user) }, outcome.isNew ? 201 : 200)
  })

  app.get('/users/:id', (c) => {
    const user = findUser(c.req.param('id'))
    return user === null ? refuse(c, notFound()) : c.json({ user: presentUser(user) })
  })

  app.put('/users/:id', async (c) => {
    const user = findUser(c.req.param('id'))
    if (user === null) return refuse(c, notFound())
    const outcome = users.update(user, asFields(asFields(await readJson(c)).user))
    if (isProblem(outcome)) return refuse(c, outcome)
    return c.json({ user: presentUser(outcome) })
  })

  app.get('/users/:id/identities', (c) => {
    const user = findUser(c.req.param('id'))
    if (user === null) return refuse(c, notFound())
    const items = users.identitiesOf(user.id)
    const keyOf = ({ id }: { id: number }) => ({ key: id, id })
    const page = paginate(c.req, { items, keyOf })
    if (isProblem(page)) return refuse(c, page)
    return c.json({ identities: page.items.map(presentIdentity), ...page.about })
  })

  app.post('/users/:id/identities', async (c) => {
    const user = findUser(c.req.param('id'))
    if (user === null) return refuse(c, notFound())
    const outcome = users.addIdentity(user, asFields(asFields(await readJson(c)).identity))
    if (isProblem(outcome)) return refuse(c, outcome)
    return c.json({ identity: presentIdentity(outcome) }, 201)
  })

  app.put('/users/:id/identities/:identityId/make_primary', (c) => {
    const user = findUser(c.req.param('id'))
    const all = user === null ? [] : users.identitiesOf(user.id)
    const chosen = all.find(({ id }) => id === asId(c.req.param('identityId')))
    if (user === null || chosen === undefined) return refuse(c, notFound())
    for (const one of all) if (one.type === chosen.type) one.primary = one === chosen
    if (chosen.type === 'email') user.email = chosen.value
    else user.phone = chosen.value
    return c.json({ identities: all.map(presentIdentity) })
  })

  app.get('/users/:id/tickets/requested', (c) => {
    const user = findUser(c.req.param('id'))
    if (user === null) return refuse(c, notFound())
    const ids = [...(store.ticketIdsByRequester.get(user.id) ?? [])]
    const records = ids.flatMap((id) => findTicket(store, id) ?? [])
    const page = paginate(c.req, sortTickets(records, c.req.query('sort')))
    if (isProblem(page)) return refuse(c, page)
    return c.json({ tickets: page.items.map(presentTicket), ...page.about })
  })

  /** The user in the path disappears into the one in the body. */
  app.put('/users/:id/merge', async (c) => {
    const loser = findUser(c.req.param('id'))
    const given = asFields(asFields(await readJson(c)).user)
    const winner = findUser(asText(given.id) ?? '')
    if (loser === null || winner === null) return refuse(c, notFound())
    if (loser === winner)
      return refuse(c, badRequest('InvalidValue', 'A user cannot be merged into itself'))
    if (loser.role !== 'end-user' || winner.role !== 'end-user') {
      return refuse(c, invalidField('base', 'Only end users can be merged'))
    }
    mergeUsers(loser, winner)
    return c.json({ user: presentUser(winner) })
  })

  function mergeUsers(loser: User, winner: User): void {
    for (const identity of users.identitiesOf(loser.id)) {
      identity.user_id = winner.id
      identity.primary = false
    }
    const moved = store.identitiesByUser.get(loser.id) ?? []
    const kept = store.identitiesByUser.get(winner.id) ?? []
    store.identitiesByUser.set(winner.id, [...kept, ...moved])
    store.identitiesByUser.delete(loser.id)
    for (const id of [...(store.ticketIdsByRequester.get(loser.id) ?? [])]) {
      const record = findTicket(store, id)
      if (record === null) continue
      record.ticket = { ...record.ticket, requester_id: winner.id }
      indexRequester(store, record, loser.id)
    }
    winner.email ??= loser.email
    winner.phone ??= loser.phone
    loser.active = false
  }

  return app
}
