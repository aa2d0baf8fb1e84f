import type { ServerResponse } from 'node:http'
import type { MiddlewareHandler } from 'hono'

/** What every answer carries, pages and refusals alike. */
const HEADERS = {
  'content-security-policy': contentPolicy(null),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
} as const

const YEAR_S = 365 * 24 * 60 * 60

/** To be called before anything else answers; who answers may set one of them anew. */
export function setSecurityHeaders(
  response: ServerResponse,
  { isHttps }: { readonly isHttps: boolean },
): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
  if (isHttps) response.setHeader('strict-transport-security', `max-age=${YEAR_S}`)
}

/** For all that the API answers, however its address was spelled: nobody on the way keeps it. */
export const neverStored: MiddlewareHandler = async (context, next) => {
  await next()
  context.res.headers.set('cache-control', 'no-store')
}

/** Files of our own alone. `styleNonce` opens it to the styles that a page's own script puts in; null: to none. */
export function contentPolicy(styleNonce: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${styleNonce === null ? '' : ` 'nonce-${styleNonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
