import { type Context, Hono } from 'hono'
import type { EmulatedOauth } from '../core/oauth-client.ts'
import { isPlatform, type Platform } from '../core/platform.ts'
import {
  badControl,
  type ControlBody,
  type ControlProblem,
  isControlProblem,
  readControlBody,
  refuseControl,
} from './control-request.ts'

type ClientChange = Parameters<EmulatedOauth['client']['change']>[0]

/** What happens to a connection from outside: a registration that changes, tokens that end. */
export function oauthControlRoutes(oauth: Readonly<Record<Platform, EmulatedOauth>>): Hono {
  const app = new Hono()

  app.put('/control/oauth', (c) =>
    withPlatform(c, (platform, body) => {
      const change = readChange(body)
      if (isControlProblem(change)) return change
      const { client } = oauth[platform]
      const complaint = client.change(change)
      if (complaint !== null) return badControl(complaint)
      const { id, kind, redirectUris, scopes } = client.current()
      return { platform, clientId: id, kind, redirectUris, scopes }
    }),
  )
  app.post('/control/oauth/expire', (c) =>
    withPlatform(c, (platform) => ({ platform, expired: oauth[platform].expireAccessTokens() })),
  )
  app.post('/control/oauth/revoke', (c) =>
    withPlatform(c, (platform) => ({ platform, revoked: oauth[platform].revokeAll() })),
  )
  return app
}

async function withPlatform(
  c: Context,
  work: (platform: Platform, body: ControlBody) => object | ControlProblem,
): Promise<Response> {
  const body = await readControlBody(c)
  if (isControlProblem(body)) return refuseControl(c, body)
  const { platform } = body
  if (!isPlatform(platform)) {
    return refuseControl(c, badControl('platform must be "zendesk" or "klaviyo"'))
  }
  const outcome = work(platform, body)
  return isControlProblem(outcome) ? refuseControl(c, outcome) : c.json(outcome)
}

/** `redirectUris`: a list, or `"loopback"` as seeded; `scopes`: the ceiling, null for none. */
function readChange({ redirectUris, kind, scopes }: ControlBody): ClientChange | ControlProblem {
  if (redirectUris !== undefined && redirectUris !== 'loopback' && !isTexts(redirectUris)) {
    return badControl('redirectUris must be a list of addresses, or "loopback"')
  }
  if (kind !== undefined && kind !== 'confidential' && kind !== 'public') {
    return badControl('kind must be "confidential" or "public"')
  }
  if (scopes !== undefined && scopes !== null && !isTexts(scopes)) {
    return badControl('scopes must be a list of scopes, or null')
  }
  return {
    ...(redirectUris === undefined ? {} : { redirectUris }),
    ...(kind === undefined ? {} : { kind }),
    ...(scopes === undefined ? {} : { scopes }),
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
