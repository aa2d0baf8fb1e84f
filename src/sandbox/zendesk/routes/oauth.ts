import { Hono } from 'hono'
import type { Choice } from '../../core/authorize-request.ts'
import { authorizeRoutes } from '../../core/authorize-routes.ts'
import { isProblem, refuse } from '../api/errors.ts'
import { asFields, type Fields } from '../api/wire.ts'
import { readJson, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { OauthToken, User } from '../entities/people.ts'
import { grantToken } from '../oauth/oauth-grants.ts'
import { grantScopes } from '../oauth/oauth-scopes.ts'
import { isStaff } from '../store.ts'

/**
 * The consent page and the token endpoint.
 * https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/
 */
export function oauthRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const { store, oauth } = parts
  const app = new Hono<ZendeskEnv>()

  const consent = authorizeRoutes<User>({
    platform: 'Zendesk',
    path: '/oauth/authorizations/new',
    client: oauth.client,
    codes: oauth.codes,
    needsPkce: () => oauth.client.current().kind === 'public',
    scopesOf: (asked) => grantScopes(asked, oauth.client.current().scopes),
    choices: () => [...store.users.values()].filter(isStaff).map(toChoice),
    chooser: 'as',
    chooserLabel: 'You are signed in as',
  })
  app.route('/', consent)

  app.post('/oauth/tokens', async (c) => {
    const isForm = c.req.header('content-type')?.includes('form-urlencoded') ?? false
    const given: Fields = isForm ? await c.req.parseBody() : asFields(await readJson(c))
    const token = grantToken(parts, given)
    return isProblem(token) ? refuse(c, token) : c.json(toAnswer(token, parts.world.clock.now()))
  })

  return app
}

/** The seed's admin comes first, and so counts as signed in unless the request says otherwise. */
function toChoice(user: User): Choice<User> {
  const email = user.email ?? ''
  return { value: email, label: `${user.name} (${email})`, subject: user }
}

function toAnswer({ token, scopes, expiresAt, refresh }: OauthToken, now: number) {
  const secondsTo = (at: number) => Math.round((at - now) / 1_000)
  const refreshing = refresh && {
    refresh_token: refresh.token,
    refresh_token_expires_in: secondsTo(refresh.expiresAt),
  }
  return {
    access_token: token,
    ...refreshing,
    token_type: 'bearer',
    scope: scopes.join(' '),
    expires_in: expiresAt === null ? null : secondsTo(expiresAt),
  }
}
