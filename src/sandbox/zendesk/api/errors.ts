import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A refusal in one of Zendesk's several shapes. */
export type Problem = {
  readonly kind: 'problem'
  readonly status: ContentfulStatusCode
  readonly body: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

type Detail = { readonly description: string; readonly error?: string }

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'problem'
}

export function refuse(c: Context, { status, body, headers }: Problem): Response {
  return c.json(body, status, { ...headers })
}

function problem(status: ContentfulStatusCode, body: Readonly<Record<string, unknown>>): Problem {
  return { kind: 'problem', status, body }
}

export const notFound = () => problem(404, { error: 'RecordNotFound', description: 'Not found' })

/** The shape is recorded; which texts Zendesk uses for which field is known only for a few. */
const recordInvalid = (details: Readonly<Record<string, readonly Detail[]>>) =>
  problem(422, { error: 'RecordInvalid', description: 'Record validation errors', details })

export const invalidField = (field: string, description: string, error?: string) =>
  recordInvalid({ [field]: [error === undefined ? { description } : { description, error }] })

/** Seen by a live probe and in zendesk-go's fixtures. */
export const closedTicket = () => invalidField('status', 'Status: closed prevents ticket update')

export const notAuthenticated = () => problem(401, { error: "Couldn't authenticate you" })

export const invalidToken = () =>
  problem(401, {
    error: 'invalid_token',
    error_description:
      'The access token provided is expired, revoked, malformed or invalid for other reasons.',
  })

export const forbidden = (message = 'You do not have access to this page.') =>
  problem(403, { error: { title: 'Forbidden', message } })

/** Seen in clients' code, such as singer-io/tap-zendesk [V2]: any one of the scopes would do. */
export const missingScopes = (scopes: readonly string[]) =>
  problem(403, {
    error: 'Forbidden',
    description: `You are missing the following required scopes: ${scopes.join(', ')}`,
  })

export const oauthError = (error: string, error_description: string, status: 400 | 401 = 400) =>
  problem(status, { error, error_description })

/** The JSON:API style that webhooks and paging use. */
export const jsonApiError = (code: string, title: string, detail: string) =>
  problem(400, { errors: [{ code, title, detail }] })

export const tooManyValues = (max_count: number) =>
  problem(400, {
    error: 'TooManyValues',
    description: `Parameter  cannot specify more than ${max_count} values`,
    max_count,
  })

export const updateConflict = () =>
  problem(409, {
    error: 'UpdateConflict',
    description: 'Safe Update prevented the update due to outdated ticket data',
  })

export const idempotencyMismatch = () =>
  problem(400, {
    error: 'IdempotentRequestError',
    description: "Request parameters don't match the given idempotency key",
  })

export const badRequest = (error: string, description: string) =>
  problem(400, { error, description })

export const rateLimited = (retryAfterSeconds: number, description: string): Problem => ({
  ...problem(429, { error: 'APIRateLimitExceeded', description }),
  headers: { 'retry-after': String(retryAfterSeconds) },
})

/** For what is not known about Zendesk: the sandbox says so rather than guess. */
export const notEmulated = (what: string) =>
  problem(501, { error: 'NotImplemented', description: `the sandbox does not emulate ${what}` })

/** Solving needs an assignee; the text of the refusal is inferred [I]. */
export const needsAssignee = () =>
  invalidField('assignee', 'Assignee: is required when solving a ticket', 'BlankValue')
