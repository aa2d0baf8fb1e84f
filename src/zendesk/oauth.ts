import { z } from 'zod'
import { type Instant, instant, SECOND } from '../kernel/instant.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { toJsonOutcome } from '../outbound/json-outcome.ts'
import { readAnswer } from '../outbound/read-answer.ts'
import type { Outbound } from '../outbound/request.ts'
import { readZendeskError } from './api-error.ts'

/** An access token. `expiresAt` is null when the answer names no lifetime. */
export type ZendeskToken = {
  readonly accessToken: string
  readonly expiresAt: Instant | null
  /** As granted. Zendesk drops scope names it does not know, so compare with what was asked. */
  readonly scope: string
}

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.number().positive().max(1e9).nullish().catch(null),
  scope: z.string().catch(''),
})

/**
 * Gets a token for a confidential OAuth client; it acts as the person who made the client. Repeat
 * at will: each call gives a new token. `refused` here means wrong client id, secret or scope.
 *
 * No `expires_in` is sent: the page gives its unit as milliseconds in one place and seconds in
 * another. The answer's is taken as seconds.
 *
 * https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/
 */
export async function requestClientCredentialsToken(request: {
  readonly baseUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** Space-separated. */
  readonly scope: string
  readonly outbound: Outbound
  readonly now: Instant
}): Promise<Result<ZendeskToken, ApiProblem>> {
  const answer = await request.outbound.send({
    method: 'POST',
    url: `${request.baseUrl.replace(/\/+$/, '')}/oauth/tokens`,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'client_credentials',
      client_id: request.clientId,
      client_secret: request.clientSecret,
      scope: request.scope,
    }),
  })
  if (!answer.ok) return answer
  const outcome = toJsonOutcome(answer.value, request.now, readZendeskError)
  if (!outcome.ok) return outcome
  const token = readAnswer(tokenSchema, outcome.value)
  return token.ok ? ok(toToken(token.value, request.now)) : token
}

function toToken(wire: z.output<typeof tokenSchema>, now: Instant): ZendeskToken {
  const lifetimeMs = typeof wire.expires_in === 'number' ? wire.expires_in * SECOND : null
  return {
    accessToken: wire.access_token,
    expiresAt: lifetimeMs === null ? null : instant(now + lifetimeMs),
    scope: wire.scope,
  }
}
