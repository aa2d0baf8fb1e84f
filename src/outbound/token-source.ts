import { err, type Result } from '../kernel/result.ts'
import type { ApiProblem } from './api-problem.ts'
import type { HttpAnswer } from './http-answer.ts'
import type { HttpRequest, Outbound } from './request.ts'

/** Gives access tokens; whoever implements it serialises renewals across calls and processes. */
export type TokenSource = {
  current(): Promise<Result<string, ApiProblem>>
  /** Called with a token that was just rejected. May answer with a newer one it already has. */
  renew(rejectedToken: string): Promise<Result<string, ApiProblem>>
}

/**
 * Sends with a bearer token, and once more with a renewed one when the first is rejected.
 * A second 401 is an answer like any other.
 *
 * A problem with getting a token never counts as having touched the platform's data: the request
 * itself had not been sent, or had been refused before anything was done.
 */
export async function sendWithToken(
  outbound: Outbound,
  tokens: TokenSource,
  request: HttpRequest,
): Promise<Result<HttpAnswer, ApiProblem>> {
  const token = await tokens.current()
  if (!token.ok) return err(beforeTheCall(token.problem))

  const first = await outbound.send(withBearer(request, token.value))
  if (!first.ok || first.value.status !== 401) return first

  const renewed = await tokens.renew(token.value)
  if (!renewed.ok) return err(beforeTheCall(renewed.problem))
  return outbound.send(withBearer(request, renewed.value))
}

function withBearer(request: HttpRequest, token: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } }
}

function beforeTheCall(problem: ApiProblem): ApiProblem {
  const detail = `getting an access token: ${problem.detail}`
  switch (problem.kind) {
    case 'rate_limited':
    case 'unauthorised':
    case 'held':
      return { ...problem, detail }
    case 'refused':
      return { kind: 'unauthorised', touched: 'no', detail }
    case 'unreachable':
    case 'unavailable':
      return { kind: 'unreachable', touched: 'no', detail }
  }
}
