import type { HonoRequest } from 'hono'

/** What to tell who is refused for it. */
export const FOREIGN_ORIGIN =
  'the request comes from a page of another origin: open Replyline at PUBLIC_URL, or let the proxy pass the Host header on'

/**
 * Whether a request comes from a page of ours, as far as the browser says: `Sec-Fetch-Site` and
 * `Origin`, each where it is sent. Our own pages are those at `PUBLIC_URL`, and those at the host that
 * the request itself was sent to, since an operator may come by another way than the platforms.
 */
export function isOwnOrigin(request: HonoRequest, publicUrl: string): boolean {
  const site = request.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const origin = request.header('origin')
  if (origin === undefined) return true
  const ours = new URL(publicUrl)
  if (origin === ours.origin) return true
  const host = URL.parse(origin)?.host
  // At the public host itself, the same name over http is another origin.
  return host !== undefined && host === request.header('host') && host !== ours.host
}
