import type { ApiProblem } from '../outbound/api-problem.ts'
import { validationErrors } from './api-error.ts'

/**
 * What a refusal means. Each answers false for every other kind of problem.
 *
 * https://developer.zendesk.com/api-reference/introduction/requests/#response-format
 */

/** The ticket is closed, so nothing can be added to it. Wording as recorded, 2025. */
export function isClosedTicket(problem: ApiProblem): boolean {
  return validationsOf(problem).some(({ description }) =>
    /closed prevents ticket update/i.test(description),
  )
}

/**
 * There is no such record, or it was deleted. A 404 without this code is something else: a wrong
 * address, or a feature that the plan lacks (`InvalidEndpoint`).
 */
export function isNotFound(problem: ApiProblem): boolean {
  return refusedWith(problem, 404, 'RecordNotFound')
}

/**
 * Someone already has this e-mail address, phone number or external id. `DuplicateValue` is
 * documented by example; the sentence for a phone number is unproven, so several are accepted.
 */
export function isDuplicateUser(problem: ApiProblem): boolean {
  return validationsOf(problem).some(
    ({ code, description }) =>
      code === 'DuplicateValue' ||
      /already (being used|been taken|in use|taken|exists)/i.test(description),
  )
}

/** An identical request with this `Idempotency-Key` is still being worked on. Second-hand. */
export function isIdempotencyInProgress(problem: ApiProblem): boolean {
  return refusedWith(problem, 409, 'IdempotentRequestInProgress')
}

/** This `Idempotency-Key` was used before with another body. Second-hand, from two clients. */
export function isIdempotencyMismatch(problem: ApiProblem): boolean {
  return refusedWith(problem, 400, 'IdempotentRequestError')
}

function refusedWith(problem: ApiProblem, status: number, code: string): boolean {
  return problem.kind === 'refused' && problem.status === status && problem.code === code
}

function validationsOf(problem: ApiProblem): ReturnType<typeof validationErrors> {
  return problem.kind === 'refused' && problem.status === 422 ? validationErrors(problem.body) : []
}
