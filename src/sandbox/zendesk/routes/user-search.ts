import { Hono } from 'hono'
import type { ZendeskEnv, ZendeskParts } from '../emulator.ts'
import type { User } from '../entities.ts'
import { badRequest, isProblem, refuse, tooManyValues } from '../errors.ts'
import { paginate } from '../paging.ts'
import { presentUser } from '../present.ts'
import { searchUsers } from '../search-users.ts'
import { commaList } from '../wire.ts'

const MOST_SHOWN = 100

/** Finding users, and who one is. */
export function userSearchRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const { store, users } = parts
  const app = new Hono<ZendeskEnv>()
  const keyOf = ({ id }: User) => ({ key: id, id })

  /** Without credentials the answer is 200 and nobody. */
  app.get('/users/me', (c) => {
    const user = c.get('user') as User | undefined
    return c.json({ user: user === undefined ? ANONYMOUS : presentUser(user) })
  })

  /** `external_id` is exact and at once [I]; `query` waits for the index. */
  app.get('/users/search', (c) => {
    const externalId = c.req.query('external_id')
    const query = c.req.query('query') ?? ''
    const found = externalId === undefined ? searchUsers(parts, query) : byExternalIds([externalId])
    if (isProblem(found)) return refuse(c, found)
    const page = paginate(c.req, { items: found, keyOf })
    if (isProblem(page)) return refuse(c, page)
    return c.json({ users: page.items.map(presentUser), ...page.about })
  })

  function byExternalIds(externalIds: readonly string[]): User[] {
    return externalIds.flatMap((externalId) => users.findByExternalId(externalId) ?? [])
  }

  app.get('/users/show_many', (c) => {
    const ids = commaList(c.req.query('ids'))
    const externalIds = commaList(c.req.query('external_ids'))
    if (ids.length + externalIds.length > MOST_SHOWN) return refuse(c, tooManyValues(MOST_SHOWN))
    if (ids.length + externalIds.length === 0) {
      return refuse(c, badRequest('InvalidValue', 'ids or external_ids must be given'))
    }
    const byId = ids.flatMap((id) => store.users.get(Number(id)) ?? [])
    const found = [...byId, ...byExternalIds(externalIds)]
    return c.json({ users: found.map(presentUser), ...NO_PAGES, count: found.length })
  })

  app.get('/users', (c) => {
    const role = c.req.query('role')
    const roles = [...(c.req.queries('role[]') ?? []), ...(role === undefined ? [] : [role])]
    const all = [...store.users.values()].filter(
      (user) => user.active && (roles.length === 0 || roles.includes(user.role)),
    )
    const page = paginate(c.req, { items: all, keyOf })
    if (isProblem(page)) return refuse(c, page)
    return c.json({ users: page.items.map(presentUser), ...page.about })
  })

  return app
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
