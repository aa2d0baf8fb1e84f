import type { Clock } from '../kernel/instant.ts'
import { err, type Result } from '../kernel/result.ts'
import type { ApiProblem, RefusedCall } from '../outbound/api-problem.ts'
import type { Gate } from '../outbound/gate.ts'
import { toJsonOutcome } from '../outbound/json-outcome.ts'
import { holdBack, type Limiter, tellRefusal } from '../outbound/limiter.ts'
import type { JsonAnswer } from '../outbound/read-answer.ts'
import type { HttpRequest, Outbound } from '../outbound/request.ts'
import { sendWithToken, type TokenSource } from '../outbound/token-source.ts'
import { readZendeskError } from './api-error.ts'
import { zendeskDraws } from './limit-draws.ts'
import { readZendeskLimits } from './limits.ts'

export type { TokenSource } from '../outbound/token-source.ts'

/** One call to the API. `path` starts with `/api/v2/`; parts made from input are encoded by the caller. */
export type ZendeskCall = {
  readonly method: HttpRequest['method']
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Only ticket creation honours it; at most 255 characters, remembered for two hours. */
  readonly idempotencyKey?: string
}

/** Speaks JSON to one Zendesk account as one identity. Every resource client takes one. */
export type ZendeskTransport = {
  /** Without a trailing slash. */
  readonly baseUrl: string
  /** Sends once, or twice when the token had to be renewed. Never throws, never retries otherwise. */
  send(call: ZendeskCall): Promise<Result<JsonAnswer, ApiProblem>>
}

/** What a transport is made of; `clock` dates `Retry-After`, `limiter` keeps the limits before each call, `gate` those that would be in vain. */
export type ZendeskTransportOptions = {
  /** `https://<subdomain>.zendesk.com` */
  readonly baseUrl: string
  readonly outbound: Outbound
  readonly token: TokenSource
  readonly clock: Clock
  readonly limiter?: Limiter
  readonly gate?: Gate
}

/** https://developer.zendesk.com/api-reference/introduction/requests/ */
export function createZendeskTransport(options: ZendeskTransportOptions): ZendeskTransport {
  const baseUrl = options.baseUrl.replace(/\/+$/, '')

  async function send(call: ZendeskCall): Promise<Result<JsonAnswer, ApiProblem>> {
    const draws = zendeskDraws(call.method, call.path)
    const shut = options.gate?.whyShut() ?? null
    if (shut !== null) return err(shut)
    const held = await holdBack(options.limiter, draws)
    if (held !== null) return err(held)
    const answer = await sendWithToken(options.outbound, options.token, toRequest(baseUrl, call))
    if (!answer.ok) {
      options.gate?.heard(answer)
      return answer
    }

    for (const reading of readZendeskLimits(answer.value.headers)) options.limiter?.hear(reading)
    const outcome = toJsonOutcome(answer.value, options.clock.now(), readZendeskError, asked(call))
    options.gate?.heard(outcome)
    await tellRefusal(options.limiter, draws, outcome)
    return outcome
  }

  return { baseUrl, send }
}

function asked({ method, path, body }: ZendeskCall): RefusedCall {
  return { method, path, body }
}

function toRequest(baseUrl: string, call: ZendeskCall): HttpRequest {
  const query = new URLSearchParams(call.query).toString()
  return {
    method: call.method,
    url: `${baseUrl}${call.path}${query === '' ? '' : `?${query}`}`,
    headers: {
      accept: 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(call.idempotencyKey === undefined ? {} : { 'idempotency-key': call.idempotencyKey }),
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  }
}
