import type { Context, Handler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { SandboxClock } from '../../core/clock.ts'
import type { RateLimits } from '../../core/rate-limit.ts'
import type { KlaviyoOauth } from '../oauth/oauth.ts'
import type { KlaviyoStore } from '../store.ts'
import { authorise } from './auth.ts'
import type { Route } from './call.ts'
import { type Answer, refuse, refuseInvalid, refuseThrottled } from './errors.ts'
import type { Operation } from './operation.ts'
import { OPERATIONS, type OperationId } from './operations.ts'
import { rateCall } from './rate-limits.ts'
import { refuseRevision } from './revisions.ts'

const JSON_API = 'application/vnd.api+json'
/** The documents name only JSON:API; Klaviyo's own SDK sends plain JSON [V: klaviyo-api 23.0.0]. */
const ACCEPTED = [JSON_API, 'application/json']
/** Klaviyo takes up to 5 MB of events and 100 KB of a profile. */
const LARGEST_EVENTS = 5 * 1024 * 1024
const LARGEST_BODY = 100 * 1024

type Parts = {
  readonly clock: SandboxClock
  readonly store: KlaviyoStore
  readonly oauth: KlaviyoOauth
  readonly limits: RateLimits
}

/** Puts a route behind what all operations share: credential, scopes, revision, limits and body. */
export function serveOperation(operationId: OperationId, route: Route, parts: Parts): Handler {
  const operation: Operation = OPERATIONS[operationId]

  return async (c) => {
    const authorised = authorise(parts, c.req.header('authorization'), operation.scopes)
    if (authorised.kind === 'refused') return respond(authorised.answer)
    const { account, quota } = authorised
    const wrongRevision = refuseRevision({
      revision: c.req.header('revision'),
      optOut: c.req.header('x-klaviyo-revision-fall-forward-opt-out'),
      isBeta: operation.isBeta === true,
      now: parts.clock.now(),
    })
    if (wrongRevision !== null) return respond(wrongRevision)

    const rate = rateCall({ limits: parts.limits, quota, operationId, operation })
    if (rate.kind === 'throttled') {
      const headers = { 'Retry-After': String(rate.retryAfterSeconds) }
      return respond(refuseThrottled(rate.retryAfterSeconds), headers)
    }

    const read = await readBody(c, operation)
    if (!read.ok) return respond(read.answer, rate.headers)
    const answer = route({
      account,
      url: new URL(c.req.url),
      id: c.req.param('id') ?? '',
      body: read.body,
    })
    return respond(answer, rate.headers)
  }
}

/** Sends an answer as JSON:API; without a body it is empty. */
export function respond(answer: Answer, headers: Readonly<Record<string, string>> = {}): Response {
  const status = answer.status as ContentfulStatusCode
  if (answer.body === undefined) return new Response(null, { status, headers })
  return new Response(JSON.stringify(answer.body), {
    status,
    headers: { ...headers, 'Content-Type': JSON_API },
  })
}

type Body =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly answer: Answer }

async function readBody(c: Context, operation: Operation): Promise<Body> {
  if (!hasBody(operation)) return { ok: true, body: null }

  const contentType = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!ACCEPTED.includes(contentType)) {
    const detail = `Unsupported media type "${contentType}" in request.`
    const fields = { status: 415, code: 'unsupported_media_type', title: detail, detail }
    return { ok: false, answer: refuse(fields) }
  }

  const text = await c.req.text()
  const largest = operation.path.startsWith('/api/event') ? LARGEST_EVENTS : LARGEST_BODY
  if (Buffer.byteLength(text) > largest) {
    const detail = `The payload is larger than ${largest} bytes.`
    const fields = { status: 413, code: 'payload_too_large', title: detail, detail }
    return { ok: false, answer: refuse(fields) }
  }
  return parseJson(text)
}

/** To delete a relationship is to say which: the only DELETE with a body. */
function hasBody({ method, path }: Operation): boolean {
  return (
    ['POST', 'PATCH'].includes(method) || (method === 'DELETE' && path.includes('/relationships/'))
  )
}

function parseJson(text: string): Body {
  try {
    return { ok: true, body: JSON.parse(text) as unknown }
  } catch {
    return { ok: false, answer: refuseInvalid({ detail: 'The body is not valid JSON.' }) }
  }
}
