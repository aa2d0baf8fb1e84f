import { randomUUID } from 'node:crypto'

/** What a route answers. No body: an empty one, as for 202. */
export type Answer = { readonly status: number; readonly body?: unknown }

export type ErrorSource = { readonly pointer?: string; readonly parameter?: string }

type ErrorFields = {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly source?: ErrorSource
  readonly links?: unknown
  readonly meta?: Readonly<Record<string, unknown>>
}

/** Klaviyo's error envelope. https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling */
export function refuse(fields: ErrorFields): Answer {
  return { status: fields.status, body: { errors: [toError(fields)] } }
}

/** 400 `invalid`, with one error for each complaint. */
export function refuseInvalid(
  ...complaints: readonly { readonly detail: string; readonly source?: ErrorSource }[]
): Answer {
  const errors = complaints.map(({ detail, source }) =>
    toError({
      status: 400,
      code: 'invalid',
      title: 'Invalid input.',
      detail,
      source: source ?? { pointer: '/data' },
    }),
  )
  return { status: 400, body: { errors } }
}

/** 404. The wording is not published [I]. */
export function refuseUnknown(type: string, id: string): Answer {
  return refuse({
    status: 404,
    code: 'not_found',
    title: 'Not found.',
    detail: `A ${type} with id ${id} does not exist.`,
    source: { pointer: '/data/id' },
  })
}

/** 403 as for a missing scope, and for a feature that the account was not given. */
export function refuseForbidden(detail: string): Answer {
  return refuse({
    status: 403,
    code: 'permission_denied',
    title: 'You do not have permission to perform this action.',
    detail,
  })
}

/** [V3: `meta.duplicate_profile_id` is read by several public code bases] */
export function refuseDuplicateProfile(profileId: string): Answer {
  return refuse({
    status: 409,
    code: 'duplicate_profile',
    title: 'Conflict.',
    detail: 'A profile already exists with one of these identifiers.',
    source: { pointer: '/data/attributes' },
    meta: { duplicate_profile_id: profileId },
  })
}

/** The body is word for word the one that klaviyo/klaviyo-api-node#66 shows. */
export function refuseThrottled(seconds: number): Answer {
  const unit = seconds === 1 ? 'second' : 'seconds'
  return refuse({
    status: 429,
    code: 'throttled',
    title: 'Request was throttled.',
    detail: `Request was throttled. Expected available in ${seconds} ${unit}.`,
    links: {
      type: 'https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling#rate-limits',
    },
  })
}

/** Not Klaviyo's answer but the sandbox's own: it does not know or has not built this. */
export function refuseNotEmulated(what: string): Answer {
  return refuse({
    status: 501,
    code: 'not_emulated',
    title: 'Not emulated.',
    detail: `The sandbox does not emulate ${what}.`,
  })
}

function toError({ status, code, title, detail, source, links, meta }: ErrorFields) {
  return {
    id: randomUUID(),
    status,
    code,
    title,
    detail,
    source: source ?? { pointer: '/data' },
    ...(links === undefined ? {} : { links }),
    meta: meta ?? {},
  }
}
