import type { Instant } from '../kernel/instant.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem, RefusedCall } from './api-problem.ts'
import type { HttpAnswer } from './http-answer.ts'
import { type JsonAnswer, parseJson, unreadable } from './read-answer.ts'
import { type ErrorReader, toApiProblem } from './to-api-problem.ts'

/**
 * Turns any answer into a parsed success or a named problem. A 2xx with a body that is not JSON is
 * `unavailable`: the work may have been done, but nobody can say. A refusal says what `call` it refused.
 */
export function toJsonOutcome(
  answer: HttpAnswer,
  now: Instant,
  readError: ErrorReader,
  call?: RefusedCall,
): Result<JsonAnswer, ApiProblem> {
  if (answer.status < 200 || answer.status > 299) {
    const problem = toApiProblem(answer, now, readError)
    return err(problem.kind === 'refused' && call !== undefined ? { ...problem, call } : problem)
  }

  const body = parseJson(answer.text)
  return body.ok
    ? ok({ status: answer.status, body: body.value })
    : err(unreadable(answer.status, 'it is not JSON'))
}
