import { takeOauthFlow } from '../db/oauth-flow-store.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { exchangeKlaviyoCode, revokeKlaviyoToken } from '../klaviyo/oauth.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import type { OauthToken } from '../outbound/oauth-token.ts'
import { exchangeZendeskCode, revokeZendeskToken } from '../zendesk/oauth.ts'
import type { OauthDeps } from './begin-oauth.ts'
import { type Callback, type CallbackProblem, judgeCallback } from './judge-callback.ts'
import { keepConnection } from './keep-connection.ts'
import { hashState, type OauthRequest, openRequest, redirectUri } from './oauth-request.ts'
import { reachKlaviyo } from './reach-klaviyo.ts'
import { reachZendesk } from './reach-zendesk.ts'
import type { ReachedKlaviyo, ReachedZendesk } from './reached.ts'

export type Refusal = {
  readonly problem: CallbackProblem
  /** What the platform said, where it said something; never a code, a state or a token. */
  readonly detail: string | null
}

/**
 * Takes a person back from a consent page: uses the state up, whatever comes of it, exchanges the code,
 * reads the account, and keeps the connection with its tokens. A grant that cannot be used is given back.
 */
export async function finishOauth(
  deps: OauthDeps,
  callback: Callback,
  browserHash: string,
): Promise<Result<ConnectionId, Refusal>> {
  const now = deps.clock.now()
  const flow =
    callback.state === null ? null : await takeOauthFlow(deps.db, hashState(callback.state), now)
  const judged = judgeCallback(callback, flow, browserHash, now)
  if (!judged.ok) return err({ problem: judged.problem, detail: saidBy(callback, judged.problem) })
  const request = openRequest(deps.seal, judged.value.flow)
  const token = await exchange(deps, request, judged.value.code)
  if (!token.ok) return err(notExchanged(token.problem))
  deps.failpoint('token_received')
  try {
    const reached = await reach(deps, request, token.value)
    if (reached.ok) {
      const id = await deps.inTransaction((tx) => keepConnection(tx, deps.seal, reached.value, now))
      deps.failpoint('token_saved')
      return ok(id)
    }
    await giveBack(deps, request, token.value)
    return err({ problem: 'not_usable', detail: reached.problem })
  } catch (error) {
    await giveBack(deps, request, token.value)
    throw error
  }
}

/** What the platform said, where it is known to be the platform that said it. */
function saidBy({ error }: Callback, problem: CallbackProblem): string | null {
  return problem === 'denied' || problem === 'scopes_refused' ? error : null
}

function notExchanged(problem: ApiProblem): Refusal {
  const isScope = problem.kind === 'refused' && problem.code === 'invalid_scope'
  return { problem: isScope ? 'scopes_refused' : 'not_exchanged', detail: problem.detail }
}

function exchange(
  deps: OauthDeps,
  request: OauthRequest,
  code: string,
): Promise<Result<OauthToken, ApiProblem>> {
  const call = {
    ...{ code, verifier: request.verifier, outbound: deps.outbound, now: deps.clock.now() },
    redirectUri: redirectUri(deps.publicUrl, request.platform),
  }
  return request.platform === 'zendesk'
    ? exchangeZendeskCode({ ...call, baseUrl: request.baseUrl, client: request })
    : exchangeKlaviyoCode({ ...call, baseUrl: deps.klaviyoApiUrl, client: request })
}

function reach(
  deps: OauthDeps,
  request: OauthRequest,
  token: OauthToken,
): Promise<Result<ReachedZendesk | ReachedKlaviyo, string>> {
  const { clientId } = request
  if (request.platform === 'klaviyo') {
    const { clientSecret } = request
    return reachKlaviyo(deps, { kind: 'authorization_code', clientId, clientSecret }, token)
  }
  const { baseUrl, clientSecret } = request
  const credentials = { kind: 'authorization_code', clientId, clientSecret } as const
  return reachZendesk(deps, { baseUrl, credentials }, token)
}

/** No token stays behind for a connection that was not kept. That it fails changes nothing: the token ends by itself. */
async function giveBack(deps: OauthDeps, request: OauthRequest, token: OauthToken): Promise<void> {
  const { outbound } = deps
  if (request.platform === 'zendesk') {
    const { accessToken } = token
    return revokeZendeskToken({ baseUrl: request.baseUrl, outbound, accessToken })
  }
  const call = { outbound, now: deps.clock.now(), baseUrl: deps.klaviyoApiUrl }
  await revokeKlaviyoToken({
    ...call,
    client: request,
    token: token.refreshToken ?? token.accessToken,
  })
}
