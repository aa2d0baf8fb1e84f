import type { ApiError } from '../outbound/to-api-problem.ts'

/**
 * Reads Klaviyo's error envelope, `{"errors": [{"code", "title", "detail", …}]}`, and the OAuth
 * form `{"error", "error_description"}`. Anything else yields nulls.
 *
 * https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling
 */
export function readKlaviyoError(body: unknown): ApiError {
  if (!isRecord(body)) return { code: null, detail: null }
  const [first] = Array.isArray(body.errors) ? body.errors : []
  if (isRecord(first)) {
    return { code: text(first.code), detail: text(first.detail) ?? text(first.title) }
  }
  return { code: text(body.error), detail: text(body.error_description) }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
