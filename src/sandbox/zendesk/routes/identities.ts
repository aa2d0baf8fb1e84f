import { Hono } from 'hono'
import { readJson, type ZendeskContext, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { Identity, User } from '../entities.ts'
import { isProblem, notFound, refuse } from '../errors.ts'
import { paginate } from '../paging.ts'
import { asFields, asId, type Fields } from '../wire.ts'
import { findUser } from './find-user.ts'

const ALL = '/users/:id/identities'
const ONE = `${ALL}/:identityId`

/** E-mail addresses and direct lines. https://developer.zendesk.com/api-reference/ticketing/users/user_identities/ */
export function identityRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  const shown = (identity: Identity) => ({ identity: parts.present.identity(identity) })

  app.get(ALL, (c) => list(parts, c))
  app.post(ALL, async (c) => {
    const user = findUser(parts, c.req.param('id'))
    if (user === null) return refuse(c, notFound())
    const outcome = parts.users.addIdentity(user, await givenIdentity(c))
    return isProblem(outcome) ? refuse(c, outcome) : c.json(shown(outcome), 201)
  })

  app.get(ONE, (c) => withIdentity(c, ({ identity }) => c.json(shown(identity))))
  app.put(ONE, async (c) => {
    const given = await givenIdentity(c)
    return withIdentity(c, ({ identity }) => {
      const outcome = parts.users.changeIdentity(identity, given)
      return isProblem(outcome) ? refuse(c, outcome) : c.json(shown(outcome))
    })
  })
  app.put(`${ONE}/verify`, (c) =>
    withIdentity(c, ({ identity }) => {
      identity.verified = true
      return c.json(shown(identity))
    }),
  )
  app.put(`${ONE}/make_primary`, (c) =>
    withIdentity(c, ({ user, identity }) => {
      parts.users.makePrimary(user, identity)
      const all = parts.users.identitiesOf(user.id)
      return c.json({ identities: all.map(parts.present.identity) })
    }),
  )
  app.delete(ONE, (c) =>
    withIdentity(c, ({ user, identity }) => {
      parts.users.removeIdentity(user, identity)
      return c.body(null, 204)
    }),
  )

  function withIdentity(
    c: ZendeskContext,
    answer: (found: { user: User; identity: Identity }) => Response,
  ): Response {
    const user = findUser(parts, c.req.param('id'))
    const all = user === null ? [] : parts.users.identitiesOf(user.id)
    const identity = all.find(({ id }) => id === asId(c.req.param('identityId')))
    if (user === null || identity === undefined) return refuse(c, notFound())
    return answer({ user, identity })
  }

  return app
}

async function givenIdentity(c: ZendeskContext): Promise<Fields> {
  return asFields(asFields(await readJson(c)).identity)
}

function list(parts: ZendeskParts, c: ZendeskContext): Response {
  const user = findUser(parts, c.req.param('id'))
  if (user === null) return refuse(c, notFound())
  const items = parts.users.identitiesOf(user.id)
  const page = paginate(c.req, { items, keyOf: ({ id }) => ({ key: id, id }) })
  if (isProblem(page)) return refuse(c, page)
  return c.json({ identities: page.items.map(parts.present.identity), ...page.about })
}
