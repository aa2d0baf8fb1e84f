import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { OperatorId } from '../../kernel/ids.ts'
import { SECOND } from '../../kernel/instant.ts'
import type { Guesses, GuessKey } from '../../operators/guesses.ts'
import { toSender } from '../../operators/sender-address.ts'
import { beginSession, csrfTokenOf, endSession, type SignedIn } from '../../operators/sessions.ts'
import type { AccessDeps } from '../authenticate.ts'
import { FOREIGN_ORIGIN, isOwnOrigin } from '../own-origin.ts'
import { readSessionCookie, setSessionCookie } from '../session-cookie.ts'

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

/** What a try counts against: what it is for, and who sends it. */
export function keysOf(context: Context, aim: GuessKey): readonly GuessKey[] {
  return [aim, { kind: 'address', value: senderOf(context) }]
}

/** The answer to a try that came before its time. */
export function tooSoon(deps: AccessDeps, context: Context, waitMs: number) {
  const seconds = Math.ceil(waitMs / SECOND)
  audit(deps, context, 'try_too_soon')
  return context.json({ error: `too many tries: wait ${seconds} s, then try again` }, 429, {
    'retry-after': String(seconds),
  })
}

/** Always a new session; one that the browser still held ends. Sets the cookie. */
export async function beginFor(deps: AccessDeps, context: Context, operator: SignedIn) {
  const held = readSessionCookie(context, deps.publicUrl)
  if (held !== undefined) await endSession(deps, held)
  const token = await beginSession(deps, operator.id)
  setSessionCookie(context, deps.publicUrl, token)
  return { operator, csrfToken: csrfTokenOf(token) }
}

type Occasion =
  | 'signed_in'
  | 'sign_in_refused'
  | 'try_too_soon'
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
