import type { ApiProblem } from './api-problem.ts'

/** No answer came; `touched` says whether the request may have been seen. */
export type Unreachable = Extract<ApiProblem, { kind: 'unreachable' }>
