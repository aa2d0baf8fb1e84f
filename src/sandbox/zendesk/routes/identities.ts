import { Hono } from 'hono'
import { isProblem, notFound, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { asFields, asId, type Fields } from '../api/wire.ts'
import { readJson, type ZendeskContext, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { Identity, User } from '../entities/people.ts'
import { findUser } from './find-user.ts'

const ALL = '/users/:id/identities'
const ONE = `${ALL}/:identityId`

/** E-mail addresses and direct lines. https://developer.zendesk.com/api-reference/ticketing/users/user_identities/ */
export function identityRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.get(ALL, (c) => list(parts, c))
  app.post(ALL, (c) => add(parts, c))
  app.get(ONE, (c) => withIdentity(parts, c, ({ identity }) => show(parts, c, identity)))
  app.put(ONE, (c) => change(parts, c))
  app.delete(ONE, (c) =>
    withIdentity(parts, c, ({ user, identity }) => {
      parts.users.removeIdentity(user, identity)
      return c.body(null, 204)
    }),
  )
  app.put(`${ONE}/verify`, (c) =>
    withIdentity(parts, c, ({ identity }) => {
      identity.verified = true
      return show(parts, c, identity)
    }),
  )
  app.put(`${ONE}/make_primary`, (c) =>
    withIdentity(parts, c, ({ user, identity }) => {
      parts.users.makePrimary(user, identity)
      const all = parts.users.identitiesOf(user.id)
      return c.json({ identities: all.map(parts.present.identity) })
    }),
  )
  return app
}

function withIdentity(
  parts: ZendeskParts,
  c: ZendeskContext,
  answer: (found: { user: User; identity: Identity }) => Response,
): Response {
  const user = findUser(parts, c.req.param('id') ?? '')
  const all = user === null ? [] : parts.users.identitiesOf(user.id)
  const identity = all.find(({ id }) => id === asId(c.req.param('identityId')))
  if (user === null || identity === undefined) return refuse(c, notFound())
  return answer({ user, identity })
}

function show({ present }: ZendeskParts, c: ZendeskContext, identity: Identity): Response {
  return c.json({ identity: present.identity(identity) })
}

async function add(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const user = findUser(parts, c.req.param('id') ?? '')
  if (user === null) return refuse(c, notFound())
  const outcome = parts.users.addIdentity(user, await givenIdentity(c))
  if (isProblem(outcome)) return refuse(c, outcome)
  return c.json({ identity: parts.present.identity(outcome) }, 201)
}

async function change(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const given = await givenIdentity(c)
  return withIdentity(parts, c, ({ identity }) => {
    const outcome = parts.users.changeIdentity(identity, given)
    return isProblem(outcome) ? refuse(c, outcome) : show(parts, c, outcome)
  })
}

async function givenIdentity(c: ZendeskContext): Promise<Fields> {
  return asFields(asFields(await readJson(c)).identity)
}

function list(parts: ZendeskParts, c: ZendeskContext): Response {
  const user = findUser(parts, c.req.param('id') ?? '')
  if (user === null) return refuse(c, notFound())
  const items = parts.users.identitiesOf(user.id)
  const page = paginate(c.req, { items, keyOf: ({ id }) => ({ key: id, id }) })
  if (isProblem(page)) return refuse(c, page)
  return c.json({ identities: page.items.map(parts.present.identity), ...page.about })
}
