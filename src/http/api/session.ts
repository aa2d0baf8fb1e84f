import type { OpenAPIHono } from '@hono/zod-openapi'
import { hasOperators } from '../../db/operator-store.ts'
import { createGuesses } from '../../operators/guesses.ts'
import { checkPassword } from '../../operators/operators.ts'
import { csrfTokenOf, endSession, findSession } from '../../operators/sessions.ts'
import type { AccessDeps } from '../authenticate.ts'
import { dropSessionCookie, readSessionCookie } from '../session-cookie.ts'
import { mountOwner } from './owner.ts'
import { deleteSession, getSession, postSession } from './session-contract.ts'
import {
  aimOf,
  audit,
  beginFor,
  crowded,
  refuseForeignForms,
  type WayIn,
  waitForTurn,
} from './way-in.ts'

/** The way in and out: sign in, sign out, who is signed in, and the first owner. */
export function mountSession(api: OpenAPIHono, deps: AccessDeps): void {
  const wayIn = { ...deps, guesses: createGuesses(deps) }
  for (const path of ['/session', '/owner']) api.on('POST', path, refuseForeignForms(deps))
  mountReading(api, deps)
  mountSignIn(api, wayIn)
  mountSignOut(api, deps)
  mountOwner(api, wayIn)
}

function mountReading(api: OpenAPIHono, deps: AccessDeps): void {
  api.openapi(getSession, async (context) => {
    const token = readSessionCookie(context, deps.publicUrl)
    const operator = token === undefined ? null : await findSession(deps, token)
    if (token !== undefined && operator !== null)
      return context.json({ operator, csrfToken: csrfTokenOf(token) }, 200)
    const needsOwner = !(await hasOperators(deps.db))
    return context.json({ error: 'nobody is signed in', needsOwner }, 401)
  })
}

function mountSignIn(api: OpenAPIHono, deps: WayIn): void {
  api.openapi(postSession, async (context) => {
    const credentials = context.req.valid('json')
    const aim = aimOf(deps, context, credentials.name)
    const refusal = await waitForTurn(deps, context, aim)
    if (refusal !== null) return refusal
    const checked = await checkPassword(deps.db, credentials)
    if (checked.kind === 'busy') return crowded(deps, context)
    if (checked.kind === 'wrong') {
      audit(deps, context, 'sign_in_refused', { tries: deps.guesses.triesOf(aim) })
      return context.json({ error: 'the name or the password is wrong' }, 401)
    }
    deps.guesses.forgive(aim)
    audit(deps, context, 'signed_in', { operator: checked.operator.id })
    return context.json(await beginFor(deps, context, checked.operator), 200)
  })
}

function mountSignOut(api: OpenAPIHono, deps: AccessDeps): void {
  api.openapi(deleteSession, async (context) => {
    const operator = context.get('operator')
    if (operator.kind === 'token')
      return context.json({ error: 'a token has no session that could end' }, 409)
    await endSession(deps, operator.sessionToken)
    dropSessionCookie(context, deps.publicUrl)
    audit(deps, context, 'signed_out', { operator: operator.id })
    return context.body(null, 204)
  })
}
