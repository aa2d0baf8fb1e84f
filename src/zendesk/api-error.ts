import type { ApiError } from '../outbound/to-api-problem.ts'

/**
 * Reads every shape of error body that Zendesk is known to send:
 *
 *     {"error": "RecordNotFound", "description": "Not found"}
 *     {"error": {"title": "Forbidden", "message": "…"}}
 *     {"errors": [{"code": "…", "title": "…", "detail": "…"}]}
 *     {"error": "invalid_scope", "error_description": "…"}
 *     {"error": "RecordInvalid", "description": "…", "details": {"name": [{"description": "…"}]}}
 *
 * Seen in recorded traffic and in other clients' tests. Anything else yields nulls.
 */
export function readZendeskError(body: unknown): ApiError {
  if (!isRecord(body)) return { code: null, detail: null }
  const [first] = Array.isArray(body.errors) ? body.errors : []
  if (isRecord(first)) {
    return { code: text(first.code), detail: text(first.detail) ?? text(first.title) }
  }

  const { error } = body
  if (isRecord(error)) {
    return { code: text(error.code) ?? text(error.title), detail: text(error.message) }
  }
  const sentences = [text(body.description) ?? text(body.error_description), ...validations(body)]
  const detail = sentences.filter((sentence) => sentence !== null).join('; ')
  return { code: text(error), detail: detail === '' ? text(body.message) : detail }
}

/** One of the `details` of a validation error: the field it is about and what was said. */
export type ValidationError = {
  readonly field: string
  readonly description: string
  readonly code: string | null
}

/** All of a body's `details`, over every field; empty when there are none. */
export function validationErrors(body: unknown): readonly ValidationError[] {
  if (!isRecord(body) || !isRecord(body.details)) return []
  return Object.entries(body.details).flatMap(([field, problems]) =>
    [problems]
      .flat()
      .filter(isRecord)
      .map((problem) => ({
        field,
        description: text(problem.description) ?? '',
        code: text(problem.error),
      })),
  )
}

function validations(body: unknown): readonly string[] {
  return validationErrors(body).map(({ description, field }) => description || field)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
