import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Choice } from '../../core/authorize-request.ts'
import { authorizeRoutes } from '../../core/authorize-routes.ts'
import type { Answer } from '../api/errors.ts'
import type { Account } from '../entities.ts'
import type { KlaviyoOauth } from '../oauth/oauth.ts'
import { grantTokens, revokeToken, type TokenRequest } from '../oauth/oauth-grants.ts'
import { grantScopes } from '../oauth/oauth-scopes.ts'
import type { KlaviyoStore } from '../store.ts'

/**
 * Klaviyo shows the consent page on www.klaviyo.com and answers the rest on a.klaviyo.com; here
 * both are one port.
 * https://developers.klaviyo.com/en/docs/set_up_oauth
 */
export function oauthRoutes(oauth: KlaviyoOauth, store: KlaviyoStore): Hono {
  const app = new Hono({ strict: false })

  const consent = authorizeRoutes<Account>({
    platform: 'Klaviyo',
    path: '/oauth/authorize',
    client: oauth.client,
    codes: oauth.codes,
    needsPkce: () => true,
    scopesOf: (asked) => grantScopes(asked, oauth.client.current().scopes),
    choices: () => store.accounts().map(toChoice),
    chooser: 'account',
    chooserLabel: 'For the account',
  })
  app.route('/', consent)

  app.post('/oauth/token', async (c) => send(c, grantTokens(oauth, await read(c))))
  app.post('/oauth/revoke', async (c) => send(c, revokeToken(oauth, await read(c))))
  return app
}

function toChoice(account: Account): Choice<Account> {
  return { value: account.id, label: account.name, subject: account }
}

/** Forms only: of any other content type nothing is read. */
async function read(c: Context): Promise<TokenRequest> {
  const isForm = c.req.header('content-type')?.includes('form-urlencoded') ?? false
  const form = new URLSearchParams(isForm ? await c.req.text() : '')
  return { authorization: c.req.header('authorization'), form }
}

function send(c: Context, { status, body }: Answer): Response {
  return c.json(body as object, status as ContentfulStatusCode)
}
