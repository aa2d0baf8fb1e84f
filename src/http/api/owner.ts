import type { OpenAPIHono } from '@hono/zod-openapi'
import { hasOperators } from '../../db/operator-store.ts'
import { makeFirstOwner } from '../../operators/operators.ts'
import { isSameSecret } from '../../operators/same-secret.ts'
import { postOwner } from './session-contract.ts'
import { audit, beginFor, type WayIn, waitForTurn } from './way-in.ts'

/** One for everybody: all who guess at it guess at the same. */
const AIM = { kind: 'setup_token', value: '' } as const
const EXISTS = { error: 'there is an owner already: sign in' }

/** The first owner, once, by the set-up token; with an owner made, the token is worth nothing. */
export function mountOwner(api: OpenAPIHono, deps: WayIn): void {
  api.openapi(postOwner, async (context) => {
    const { token, ...credentials } = context.req.valid('json')
    if (await hasOperators(deps.db)) return context.json(EXISTS, 409)
    const refusal = await waitForTurn(deps, context, AIM)
    if (refusal !== null) return refusal
    if (!isSameSecret(token, deps.setupToken)) {
      audit(deps, context, 'owner_refused', { tries: deps.guesses.triesOf(AIM) })
      return context.json({ error: 'the set-up token is wrong' }, 401)
    }
    deps.guesses.forgive(AIM)
    const owner = await makeFirstOwner(deps, credentials)
    if (owner === null) return context.json(EXISTS, 409)
    audit(deps, context, 'owner_made', { operator: owner.id })
    return context.json(await beginFor(deps, context, owner), 201)
  })
}
