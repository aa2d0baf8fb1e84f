import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { OperatorId } from '../../kernel/ids.ts'
import { SECOND } from '../../kernel/instant.ts'
import type { Aim, Guesses } from '../../operators/guesses.ts'
import { findKnownBrowser, markBrowser } from '../../operators/known-browser.ts'
import { nameKeyOf } from '../../operators/operator-name.ts'
import { toSender } from '../../operators/sender-address.ts'
import { beginSession, csrfTokenOf, endSession, type SignedIn } from '../../operators/sessions.ts'
import type { AccessDeps } from '../authenticate.ts'
import { FOREIGN_ORIGIN, isOwnOrigin } from '../own-origin.ts'
import {
  readBrowserCookie,
  readSessionCookie,
  setBrowserCookie,
  setSessionCookie,
} from '../session-cookie.ts'

/*
 * What signing in and making the first owner have in common.
 */

/** Both ways in count tries in one place. */
export type WayIn = AccessDeps & { readonly guesses: Guesses }

/** No session guards the ways in yet. A foreign page's form can send neither JSON nor our origin. */
export function refuseForeignForms({ publicUrl }: AccessDeps): MiddlewareHandler {
  return async (context, next) => {
    const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    if (type !== 'application/json')
      return context.json({ error: 'send JSON, with content-type: application/json' }, 415)
    if (!isOwnOrigin(context.req, publicUrl)) return context.json({ error: FOREIGN_ORIGIN }, 403)
    return next()
  }
}

/** What a try for a name counts against: the name, or the browser in which this name signed in before. */
export function aimOf(deps: AccessDeps, context: Context, name: string): Aim {
  const browser = knownBrowser(deps, context, name)
  return browser === null
    ? { kind: 'name', value: nameKeyOf(name) }
    : { kind: 'browser', value: browser }
}

/** Counts a try; null when it may be judged, else the answer to it. */
export async function waitForTurn(deps: WayIn, context: Context, aim: Aim) {
  const waitMs = await deps.guesses.begin(aim, senderOf(context))
  return waitMs > 0 ? tooSoon(deps, context, waitMs) : null
}

/** The answer to who came while too many others did. */
export function crowded(deps: AccessDeps, context: Context) {
  const waitS = 2
  audit(deps, context, 'crowded')
  return context.json({ error: `too many sign in at once: wait ${waitS} s, then try again` }, 503, {
    'retry-after': String(waitS),
  })
}

/** The answer to a try that was not let through. */
function tooSoon(deps: AccessDeps, context: Context, waitMs: number) {
  const seconds = Math.ceil(waitMs / SECOND)
  audit(deps, context, 'try_too_soon')
  return context.json({ error: `too many tries: wait ${seconds} s, then try again` }, 429, {
    'retry-after': String(seconds),
  })
}

/** Always a new session; one that the browser still held ends. Sets the cookies. */
export async function beginFor(deps: AccessDeps, context: Context, operator: SignedIn) {
  const held = readSessionCookie(context, deps.publicUrl)
  if (held !== undefined) await endSession(deps, held)
  const token = await beginSession(deps, operator.id)
  setSessionCookie(context, deps.publicUrl, token)
  if (knownBrowser(deps, context, operator.name) === null)
    setBrowserCookie(
      context,
      deps.publicUrl,
      markBrowser(deps.browserKey, nameKeyOf(operator.name)),
    )
  return { operator, csrfToken: csrfTokenOf(token) }
}

function knownBrowser(deps: AccessDeps, context: Context, name: string): string | null {
  const mark = readBrowserCookie(context, deps.publicUrl)
  return findKnownBrowser(deps.browserKey, mark, nameKeyOf(name))
}

type Occasion =
  | 'signed_in'
  | 'sign_in_refused'
  | 'try_too_soon'
  | 'crowded'
  | 'signed_out'
  | 'owner_made'
  | 'owner_refused'

type AuditFields = { readonly operator?: OperatorId; readonly tries?: number }

/** One line each. A refused name stays out: it may be a password typed into the wrong field. */
export function audit(
  deps: AccessDeps,
  context: Context,
  occasion: Occasion,
  fields: AuditFields = {},
): void {
  deps.log.info({ access: occasion, ...fields, sender: senderOf(context) }, 'access')
}

/** The peer itself: whoever sends `X-Forwarded-For` may write into it what they like. */
function senderOf(context: Context): string {
  return toSender(getConnInfo(context).remote.address ?? 'unknown')
}
