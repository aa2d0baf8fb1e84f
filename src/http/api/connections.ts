import type { OpenAPIHono } from '@hono/zod-openapi'
import { beginOauth, redirectUris } from '../../connections/begin-oauth.ts'
import {
  beginZendesk,
  type ConnectDeps,
  connectKlaviyo,
  connectZendesk,
  forgetConnection,
} from '../../connections/connect.ts'
import { listAccounts } from '../../connections/list-accounts.ts'
import { pauseConnection, resumeConnection } from '../../db/still-connections.ts'
import { releaseWork } from '../../engine/release-work.ts'
import type { ConnectionId } from '../../kernel/ids.ts'
import { KLAVIYO_SCOPES } from '../../klaviyo/oauth.ts'
import { hashToken } from '../../operators/hash-token.ts'
import { ZENDESK_SCOPES } from '../../zendesk/oauth.ts'
import { nameOf, type Operator } from '../authenticate.ts'
import {
  deleteConnection,
  getConnections,
  postKlaviyoConsent,
  postKlaviyoKey,
  postPause,
  postResume,
  postZendeskClient,
  postZendeskConsent,
} from './connections-contract.ts'

export type ConnectionsDeps = {
  readonly setUp: ConnectDeps
  /** Whether only emulated platforms can be called. */
  readonly isSandbox: boolean
}

const NEEDS_BROWSER =
  'a consent page is for a person: sign in with the browser, or connect by client or key'

/** The accounts, and the doors to them. Those that call a platform may take as long as it does. */
export function mountConnections(api: OpenAPIHono, { setUp, isSandbox }: ConnectionsDeps): void {
  api.openapi(getConnections, async (context) =>
    context.json(
      {
        connections: await listAccounts(setUp),
        redirectUris: { ...redirectUris(setUp.publicUrl) },
        scopes: { zendesk: [...ZENDESK_SCOPES], klaviyo: [...KLAVIYO_SCOPES] },
        isReachable: setUp.publicUrl.startsWith('https://'),
        sandbox: isSandbox ? sandboxOf(setUp) : null,
      },
      200,
    ),
  )
  api.openapi(postZendeskConsent, async (context) => {
    const browserHash = browserOf(context.get('operator'))
    if (browserHash === null) return context.json({ error: NEEDS_BROWSER }, 400)
    const begun = await beginZendesk(setUp, context.req.valid('json'), browserHash)
    return begun.ok
      ? context.json({ redirectTo: begun.value }, 200)
      : context.json({ error: begun.problem }, 422)
  })
  api.openapi(postZendeskClient, async (context) => {
    const connected = await connectZendesk(setUp, context.req.valid('json'))
    return connected.ok
      ? context.json({ connectionId: connected.value }, 200)
      : context.json({ error: connected.problem }, 422)
  })
  api.openapi(postKlaviyoConsent, async (context) => {
    const browserHash = browserOf(context.get('operator'))
    if (browserHash === null) return context.json({ error: NEEDS_BROWSER }, 400)
    const target = { platform: 'klaviyo', ...context.req.valid('json') } as const
    return context.json({ redirectTo: await beginOauth(setUp, { ...target, browserHash }) }, 200)
  })
  api.openapi(postKlaviyoKey, async (context) => {
    const connected = await connectKlaviyo(setUp, context.req.valid('json').apiKey)
    return connected.ok
      ? context.json({ connectionId: connected.value }, 200)
      : context.json({ error: connected.problem }, 422)
  })
  api.openapi(deleteConnection, async (context) => {
    const forgotten = await forgetConnection(setUp, context.req.valid('param').id as ConnectionId)
    if (forgotten.ok) return context.body(null, 204)
    return forgotten.problem.kind === 'absent'
      ? context.json({ error: 'no connection has this id' }, 404)
      : context.json(
          { error: `it is used by ${forgotten.problem.by.join(', ')}: remove the bridge first` },
          409,
        )
  })
}

/** Leaving an account alone, and going on. */
export function mountPauses(
  api: OpenAPIHono,
  { setUp: { db, clock } }: Pick<ConnectionsDeps, 'setUp'>,
): void {
  api.openapi(postPause, async (context) => {
    const id = context.req.valid('param').id as ConnectionId
    const by = nameOf(context.var.operator)
    return (await pauseConnection(db, id, by, clock.now()))
      ? context.body(null, 204)
      : context.json({ error: 'no connection has this id' }, 404)
  })
  api.openapi(postResume, async (context) => {
    const id = context.req.valid('param').id as ConnectionId
    if (!(await resumeConnection(db, id)))
      return context.json({ error: 'no connection has this id' }, 404)
    await releaseWork(db, id)
    return context.body(null, 204)
  })
}

/** The browser session a state is bound to; null for a program with a token, which has none. */
function browserOf(operator: Operator): string | null {
  return operator.kind === 'session' ? hashToken(operator.sessionToken) : null
}

function sandboxOf({ platformHosts, klaviyoApiUrl }: ConnectDeps) {
  const klaviyoHost = new URL(klaviyoApiUrl).host
  const zendeskHost = platformHosts.find((host) => host !== klaviyoHost)
  return {
    zendeskUrl: zendeskHost === undefined ? null : `http://${zendeskHost}`,
    klaviyoUrl: klaviyoApiUrl,
  }
}
