import type { Context, MiddlewareHandler } from 'hono'
import { findApiToken } from '../db/api-token-store.ts'
import type { Tx } from '../db/records.ts'
import type { Clock } from '../kernel/instant.ts'
import { hashToken } from '../operators/hash-token.ts'
import { isSameSecret } from '../operators/same-secret.ts'
import { csrfTokenOf, findSession, isSessionOpen, type SignedIn } from '../operators/sessions.ts'
import { FOREIGN_ORIGIN, isOwnOrigin } from './own-origin.ts'
import { readSessionCookie } from './session-cookie.ts'

export type AccessDeps = {
  readonly db: Tx
  /** The machine's own clock: a sandbox's may leap over a session's end. */
  readonly clock: Clock
  readonly newId: () => string
  readonly publicUrl: string
  readonly setupToken: string
  /** Seals the marks of browsers that signed in before. */
  readonly browserKey: Buffer
  readonly log: {
    info(fields: object, message: string): void
    warn(fields: object, message: string): void
  }
}

/** Who a request of the operator API comes from: a signed-in person, or a program with a token. */
export type Operator =
  | (SignedIn & { readonly kind: 'session'; readonly sessionToken: string })
  | { readonly kind: 'token'; readonly name: string; readonly tokenHash: string }

/** Who asks, as records name them. */
export function nameOf(operator: Operator): string {
  return operator.kind === 'session' ? operator.name : `token ${operator.name}`
}

declare module 'hono' {
  interface ContextVariableMap {
    operator: Operator
  }
}

/** What answers strangers: how to sign in, and the contract. */
const OPEN = new Set([
  'GET /api/openapi.json',
  'GET /api/session',
  'POST /api/session',
  'POST /api/owner',
])
const READS = new Set(['GET', 'HEAD'])

/**
 * Lets a request through that brings a valid bearer token or a session's cookie, and tells those behind
 * it who asks: `context.get('operator')`. A browser sends its cookie along with whatever a foreign page
 * makes it do; so a change that comes with a cookie must also bring what only our pages know.
 */
export function authenticate(deps: AccessDeps): MiddlewareHandler {
  return async (context, next) => {
    const { method, path } = context.req
    if (OPEN.has(`${method} ${path}`)) return next()
    const operator = await findWhoAsks(deps, context)
    if (operator === null)
      return context.json(
        { error: 'sign in, or send a bearer token: "replyline token create" makes one' },
        401,
      )
    const problem = READS.has(method) ? null : whyNotOurs(deps, context, operator)
    if (problem !== null) return context.json({ error: problem }, 403)
    context.set('operator', operator)
    return next()
  }
}

/** A token that is given is what counts, right or wrong. What a proxy asks for itself is none of ours. */
async function findWhoAsks(deps: AccessDeps, context: Context): Promise<Operator | null> {
  const authorization = context.req.header('authorization') ?? ''
  if (/^Bearer(\s|$)/i.test(authorization)) {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1]
    const tokenHash = hashToken(token ?? '')
    const name = await findApiToken(deps.db, tokenHash)
    return name === null ? null : { kind: 'token', name, tokenHash }
  }
  const sessionToken = readSessionCookie(context, deps.publicUrl)
  const signedIn = sessionToken === undefined ? null : await findSession(deps, sessionToken)
  return signedIn === null || sessionToken === undefined
    ? null
    : { kind: 'session', ...signedIn, sessionToken }
}

/** Whether who was let in once would be still. Asking is no use of a session. */
export async function isStillIn(deps: AccessDeps, operator: Operator): Promise<boolean> {
  return operator.kind === 'session'
    ? isSessionOpen(deps, operator.sessionToken)
    : (await findApiToken(deps.db, operator.tokenHash)) !== null
}

function whyNotOurs(
  { publicUrl }: AccessDeps,
  context: Context,
  operator: Operator,
): string | null {
  if (operator.kind === 'token') return null
  if (!isOwnOrigin(context.req, publicUrl)) return FOREIGN_ORIGIN
  const given = context.req.header('x-csrf-token') ?? ''
  return isSameSecret(given, csrfTokenOf(operator.sessionToken))
    ? null
    : 'the header x-csrf-token is missing or wrong: take it from GET /api/session'
}
