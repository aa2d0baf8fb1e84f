import type { z } from 'zod'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from './api-problem.ts'

type Unavailable = Extract<ApiProblem, { kind: 'unavailable' }>

/** A success whose body is JSON; `body` is null when there was none. */
export type JsonAnswer = { readonly status: number; readonly body: unknown }

/** Parses text as JSON; nothing at all is null. Never throws. */
export function parseJson(text: string): Result<unknown, 'not_json'> {
  if (text.trim() === '') return ok(null)
  try {
    return ok(JSON.parse(text))
  } catch {
    return err('not_json')
  }
}

/**
 * Gives a success's body its type. A body that lacks what we need names the path; the platform
 * may have done the work all the same, so the problem is `unavailable`, not `refused`.
 */
export function readAnswer<Schema extends z.ZodType>(
  schema: Schema,
  answer: JsonAnswer,
): Result<z.output<Schema>, ApiProblem> {
  const parsed = schema.safeParse(answer.body)
  return parsed.success ? ok(parsed.data) : err(unreadable(answer.status, firstIssue(parsed.error)))
}

/** A success that cannot be used, and why. */
export function unreadable(status: number, why: string): Unavailable {
  const detail = `answered ${status} with an unreadable body: ${why}`
  return { kind: 'unavailable', touched: 'maybe', status, retryAfterMs: null, detail }
}

/** The first thing wrong, as `path: what`. Holds no value of the payload, only its shape. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  if (issue === undefined) return 'unreadable'
  const path = issue.path.map(String).join('.')
  return `${path === '' ? 'body' : path}: ${issue.message}`
}
