import type { OpenAPIHono } from '@hono/zod-openapi'
import type { OauthDeps } from '../connections/begin-oauth.ts'
import { finishOauth, type Refusal } from '../connections/finish-oauth.ts'
import type { Platform } from '../db/records.ts'
import { hashToken } from '../operators/hash-token.ts'
import { findSession } from '../operators/sessions.ts'
import type { AccessDeps } from './authenticate.ts'
import { refusalPage } from './oauth-refusals.ts'
import { sendPlainPage } from './plain-page.ts'
import { readSessionCookie } from './session-cookie.ts'

export type CallbackDeps = {
  readonly access: AccessDeps
  readonly setUp: OauthDeps
  readonly newNonce: () => string
}

/**
 * Where a platform sends people back from its consent page: one address for each. Only the browser
 * session that began may end it; everyone else gets a page that says what to do, and nothing happens.
 */
export function mountOauthCallbacks(app: OpenAPIHono, deps: CallbackDeps): void {
  for (const platform of ['zendesk', 'klaviyo'] as const) {
    app.get(`/oauth/${platform}/callback`, async (context) => {
      // A browser that only looks ahead must not use the state up.
      if (context.req.method !== 'GET') return context.body(null, 405)
      const sessionToken = readSessionCookie(context, deps.access.publicUrl)
      const signedIn =
        sessionToken === undefined ? null : await findSession(deps.access, sessionToken)
      const given = (name: string) => context.req.query(name) ?? null
      const ended =
        signedIn === null || sessionToken === undefined
          ? SIGNED_OUT
          : await finishOauth(
              deps.setUp,
              { platform, state: given('state'), code: given('code'), error: given('error') },
              hashToken(sessionToken),
            ).catch((error: unknown) => notKept(deps, platform, error))
      tell(deps, platform, signedIn?.id ?? null, ended)
      if (ended.ok) return context.redirect(`/connections?connected=${platform}`, 303)
      const { status, page } = refusalPage(platform, ended.problem)
      return sendPlainPage(context, page, { status, nonce: deps.newNonce() })
    })
  }
}

/** The database could not be used, most likely. What was granted was given back. */
function notKept({ access }: CallbackDeps, platform: Platform, error: unknown) {
  access.log.warn({ platform, err: error }, 'a connection could not be kept')
  return { ok: false, problem: { problem: 'not_kept', detail: null } } as const
}

const SIGNED_OUT = { ok: false, problem: { problem: 'signed_out', detail: null } } as const

/** For the audit: who connected what, and who was turned away. The state and the code are never named. */
function tell(
  { access }: CallbackDeps,
  platform: Platform,
  operatorId: string | null,
  ended: { readonly ok: true; readonly value: string } | { readonly ok: false; problem: Refusal },
): void {
  const who = { platform, operatorId }
  if (ended.ok) access.log.info({ ...who, connectionId: ended.value }, 'an account was connected')
  else access.log.info({ ...who, reason: ended.problem.problem }, 'a consent was turned away')
}
