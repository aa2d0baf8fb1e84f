import { err } from '../../kernel/result.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'

const failed = (problem: ApiProblem) => err(problem)

/** A platform's answers that are no success, as the clients give them. */
export const refusedWith = (status: number, detail: string) =>
  failed({ kind: 'refused', touched: 'no', status, code: null, detail, body: null })
export const unauthorised = failed({
  kind: 'unauthorised',
  touched: 'no',
  detail: 'answered 401, invalid_token',
})
export const unreachable = failed({
  kind: 'unreachable',
  touched: 'no',
  detail: 'ECONNREFUSED: connect ECONNREFUSED',
})
export const noScope = refusedWith(403, 'answered 403, missing the required scope(s): x:write.')
export const noGrant = refusedWith(403, 'answered 403, permission_denied: not for this account.')
