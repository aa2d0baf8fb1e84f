import type { Clock } from '../kernel/instant.ts'
import { err, type Result } from '../kernel/result.ts'
import type { ApiProblem, RefusedCall } from '../outbound/api-problem.ts'
import type { Gate } from '../outbound/gate.ts'
import { toJsonOutcome } from '../outbound/json-outcome.ts'
import { holdBack, type Limiter, tellRefusal } from '../outbound/limiter.ts'
import type { JsonAnswer } from '../outbound/read-answer.ts'
import type { HttpAnswer, HttpRequest, Outbound } from '../outbound/request.ts'
import { sendWithToken, type TokenSource } from '../outbound/token-source.ts'
import { readKlaviyoError } from './api-error.ts'
import { klaviyoDraws } from './limit-draws.ts'
import { readKlaviyoLimit } from './limits.ts'

export type { TokenSource } from '../outbound/token-source.ts'

/**
 * The version of the API every call asks for. Klaviyo keeps each for two years, then falls forward
 * to a later one. https://developers.klaviyo.com/en/docs/api_versioning_and_deprecation_policy
 */
const REVISION = '2026-07-15'

/** A private key shares one rate limit with the account's other keys; an OAuth app has its own. */
export type KlaviyoCredential =
  | { readonly kind: 'private_key'; readonly key: string }
  | { readonly kind: 'oauth'; readonly token: TokenSource }

/** One call to the API. `path` starts with `/api/`; parts made from input are encoded by the caller. */
export type KlaviyoCall = {
  readonly method: HttpRequest['method']
  readonly path: string
  /** Klaviyo's `operationId`, under which rate limits are counted and reported. */
  readonly operation: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Speaks JSON:API to one Klaviyo account. Every resource client takes one. */
export type KlaviyoTransport = {
  /** Sends once, or twice when a token had to be renewed. Never throws, never retries otherwise. */
  send(call: KlaviyoCall): Promise<Result<JsonAnswer, ApiProblem>>
}

/** What a transport is made of; `clock` dates `Retry-After`, `limiter` keeps the limits before each call, `gate` those that would be in vain. */
export type KlaviyoTransportOptions = {
  /** `https://a.klaviyo.com` */
  readonly baseUrl: string
  readonly outbound: Outbound
  readonly credential: KlaviyoCredential
  readonly clock: Clock
  readonly limiter?: Limiter
  readonly gate?: Gate
}

/** https://developers.klaviyo.com/en/reference/api_overview */
export function createKlaviyoTransport(options: KlaviyoTransportOptions): KlaviyoTransport {
  const baseUrl = options.baseUrl.replace(/\/+$/, '')

  async function send(call: KlaviyoCall): Promise<Result<JsonAnswer, ApiProblem>> {
    const draws = klaviyoDraws(call.operation)
    const shut = options.gate?.whyShut() ?? null
    if (shut !== null) return err(shut)
    const held = await holdBack(options.limiter, draws)
    if (held !== null) return err(held)
    const request = toRequest(baseUrl, call)
    const answer = await sendAs(options.credential, options.outbound, request)
    if (!answer.ok) {
      options.gate?.heard(answer)
      return answer
    }

    const reading = readKlaviyoLimit(answer.value.headers, call.operation)
    if (reading !== null) options.limiter?.hear(reading)
    const outcome = toJsonOutcome(answer.value, options.clock.now(), readKlaviyoError, asked(call))
    options.gate?.heard(outcome)
    await tellRefusal(options.limiter, draws, outcome)
    return outcome
  }

  return { send }
}

function asked({ method, path, body }: KlaviyoCall): RefusedCall {
  return { method, path, body }
}

function sendAs(
  credential: KlaviyoCredential,
  outbound: Outbound,
  request: HttpRequest,
): Promise<Result<HttpAnswer, ApiProblem>> {
  if (credential.kind === 'oauth') return sendWithToken(outbound, credential.token, request)
  const authorization = `Klaviyo-API-Key ${credential.key}`
  return outbound.send({ ...request, headers: { ...request.headers, authorization } })
}

const JSON_API = 'application/vnd.api+json'

function toRequest(baseUrl: string, call: KlaviyoCall): HttpRequest {
  const query = new URLSearchParams(call.query).toString()
  return {
    method: call.method,
    url: `${baseUrl}${call.path}${query === '' ? '' : `?${query}`}`,
    headers: {
      accept: JSON_API,
      revision: REVISION,
      ...(call.body === undefined ? {} : { 'content-type': JSON_API }),
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  }
}
