import { Hono } from 'hono'
import { badRequest, isProblem, refuse, tooManyValues } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { commaList, toWireTime } from '../api/wire.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import type { User } from '../entities/people.ts'
import { searchUsers } from '../search/search-users.ts'

const MOST_SHOWN = 100

/** Finding users, and who one is. */
export function userSearchRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  /** Without credentials the answer is 200 and nobody. */
  app.get('/users/me', (c) => {
    const user = c.get('user') as User | undefined
    return c.json({ user: user === undefined ? ANONYMOUS : parts.present.user(user) })
  })
  app.get('/users/search', (c) => search(parts, c))
  app.get('/users/show_many', (c) => showMany(parts, c))
  app.get('/users/count', (c) => {
    const refreshed_at = toWireTime(parts.world.clock.now())
    return c.json({ count: { value: withRole(parts, c).length, refreshed_at } })
  })
  app.get('/users', (c) => answerPage(parts, c, withRole(parts, c)))
  return app
}

/** `external_id` is exact and at once [I]; `query` waits for the index. */
function search(parts: ZendeskParts, c: ZendeskContext): Response {
  const externalId = c.req.query('external_id')
  const query = c.req.query('query') ?? ''
  const found =
    externalId === undefined ? searchUsers(parts, query) : byExternalIds(parts, [externalId])
  return isProblem(found) ? refuse(c, found) : answerPage(parts, c, found)
}

function showMany(parts: ZendeskParts, c: ZendeskContext): Response {
  const ids = commaList(c.req.query('ids'))
  const externalIds = commaList(c.req.query('external_ids'))
  if (ids.length + externalIds.length > MOST_SHOWN) return refuse(c, tooManyValues(MOST_SHOWN))
  if (ids.length + externalIds.length === 0) {
    return refuse(c, badRequest('InvalidValue', 'ids or external_ids must be given'))
  }
  const byId = ids.flatMap((id) => parts.store.users.get(Number(id)) ?? [])
  const found = [...byId, ...byExternalIds(parts, externalIds)]
  return c.json({ users: found.map(parts.present.user), ...NO_PAGES, count: found.length })
}

function byExternalIds({ users }: ZendeskParts, externalIds: readonly string[]): User[] {
  return externalIds.flatMap((externalId) => users.findByExternalId(externalId) ?? [])
}

/** `role` may be given once, or as `role[]` several times. */
function withRole({ store }: ZendeskParts, c: ZendeskContext): User[] {
  const role = c.req.query('role')
  const roles = [...(c.req.queries('role[]') ?? []), ...(role === undefined ? [] : [role])]
  return [...store.users.values()].filter(
    (user) => user.active && (roles.length === 0 || roles.includes(user.role)),
  )
}

function answerPage(parts: ZendeskParts, c: ZendeskContext, users: readonly User[]): Response {
  const page = paginate(c.req, { items: users, keyOf: ({ id }) => ({ key: id, id }) })
  if (isProblem(page)) return refuse(c, page)
  return c.json({ users: page.items.map(parts.present.user), ...page.about })
}

const NO_PAGES = { next_page: null, previous_page: null }

/** Seen by a live probe. */
const ANONYMOUS = {
  id: null,
  url: null,
  name: 'Anonymous user',
  email: 'invalid@example.com',
  role: 'end-user',
  verified: false,
  active: false,
}
