import type { ApiProblem } from '../outbound/api-problem.ts'

/**
 * The key or app lacks a scope, or Klaviyo has not enabled the feature for the account: both give
 * 403 `permission_denied` (seen for conversation messages and for webhooks, 2026-07).
 */
export function isPermissionDenied(problem: ApiProblem): boolean {
  return problem.kind === 'refused' && problem.status === 403
}

/** There is no such profile, conversation, event or webhook. A merged profile's id is gone too. */
export function isNotFound(problem: ApiProblem): boolean {
  return problem.kind === 'refused' && problem.status === 404
}
