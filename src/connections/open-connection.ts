import { type ConnectionRow, markReady, markReconnect } from '../db/connection-store.ts'
import type { Tx } from '../db/records.ts'
import type { Failpoint } from '../engine/failpoints.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/instant.ts'
import { err, type Result } from '../kernel/result.ts'
import { refreshKlaviyoToken } from '../klaviyo/oauth.ts'
import type { KlaviyoCredential } from '../klaviyo/transport.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import type { Gate } from '../outbound/gate.ts'
import type { Limiter } from '../outbound/limiter.ts'
import type { OauthToken } from '../outbound/oauth-token.ts'
import type { Outbound } from '../outbound/request.ts'
import { refreshZendeskToken, requestClientCredentialsToken } from '../zendesk/oauth.ts'
import {
  type KlaviyoClients,
  klaviyoClients,
  type ZendeskClients,
  zendeskClients,
} from './clients.ts'
import { createConnectionTokens } from './connection-tokens.ts'
import { openKlaviyoCredentials, openZendeskCredentials } from './credentials.ts'
import type { Seal } from './seal.ts'

export type OpenDeps = {
  readonly db: Tx
  readonly onSession: <T>(work: (session: Tx) => Promise<T>) => Promise<T>
  readonly seal: Seal
  readonly outbound: Outbound
  readonly clock: Clock
  readonly failpoint: Failpoint
}

/** What keeps back calls; set-up, where a person waits, goes without and obeys refusals. */
type Kept = { readonly limiter?: Limiter; readonly gate?: Gate }

/** The clients of a Zendesk connection. Its token is shared with every process that opens it. */
export function openZendesk(deps: OpenDeps, row: ConnectionRow, kept: Kept = {}): ZendeskClients {
  const { baseUrl } = row
  const credentials = openZendeskCredentials(deps.seal, row)
  const call = () => ({ ...deps, baseUrl, client: credentials, now: deps.clock.now() })
  const token = createConnectionTokens({
    ...deps,
    id: row.id,
    approvedAt: row.approvedAt,
    fetchToken: (refreshToken) => {
      if (credentials.kind === 'client_credentials') return requestClientCredentialsToken(call())
      return refreshToken === null
        ? approveAgain('Zendesk')
        : refreshZendeskToken({ ...call(), refreshToken })
    },
    sayRefused: (detail) =>
      credentials.kind === 'client_credentials'
        ? `Zendesk refused the OAuth client: ${detail}.`
        : notAccepted('Zendesk', detail),
  })
  return zendeskClients({ ...deps, ...kept, baseUrl, token })
}

/** The clients of a Klaviyo connection. `state` follows whether Klaviyo takes its key. */
export function openKlaviyo(deps: OpenDeps, row: ConnectionRow, kept: Kept = {}): KlaviyoClients {
  const credential = klaviyoCredential(deps, row)
  const say = (why: string) =>
    credential.kind === 'oauth' ? notAccepted('Klaviyo', why) : `Klaviyo refused the key: ${why}.`
  return klaviyoClients({
    ...deps,
    ...kept,
    baseUrl: row.baseUrl,
    credential,
    onRefused: (why) => void saveRefusal(deps.db, row.id, why && say(why)),
    wasRefused: row.state === 'reconnect',
  })
}

function klaviyoCredential(deps: OpenDeps, row: ConnectionRow): KlaviyoCredential {
  const credentials = openKlaviyoCredentials(deps.seal, row)
  if (credentials.kind === 'private_key') return { kind: 'private_key', key: credentials.apiKey }
  const call = () => ({ ...deps, baseUrl: row.baseUrl, client: credentials, now: deps.clock.now() })
  const token = createConnectionTokens({
    ...deps,
    id: row.id,
    approvedAt: row.approvedAt,
    fetchToken: (refreshToken) =>
      refreshToken === null
        ? approveAgain('Klaviyo')
        : refreshKlaviyoToken({ ...call(), refreshToken }),
    sayRefused: (detail) => notAccepted('Klaviyo', detail),
  })
  return { kind: 'oauth', token }
}

function notAccepted(platform: string, why: string): string {
  return `${platform} no longer accepts the approval (${why}): connect ${platform} again.`
}

function approveAgain(platform: string): Promise<Result<OauthToken, ApiProblem>> {
  const detail = `there is no token to renew with: connect ${platform} again`
  return Promise.resolve(err({ kind: 'unauthorised', touched: 'no', detail }))
}

/** Shown to the operator; the work itself waits and tries again, so a failure to write it is no harm. */
async function saveRefusal(db: Tx, id: ConnectionId, why: string | null): Promise<void> {
  const saving = why === null ? markReady(db, id) : markReconnect(db, id, why)
  await saving.catch(() => undefined)
}
