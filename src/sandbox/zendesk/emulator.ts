import type { Context } from 'hono'
import type { World } from '../world.ts'
import { type Actor, viaChannel } from './actor.ts'
import type { Presenter } from './api/present.ts'
import type { ZendeskDoubts } from './doubts.ts'
import type { OauthToken, User } from './entities/people.ts'
import type { ZendeskOauth } from './oauth/oauth.ts'
import type { ZendeskStore } from './store.ts'
import type { TicketOperations } from './tickets/ticket-operations.ts'
import type { TicketWatch } from './tickets/ticket-watch.ts'
import type { UserOperations } from './users/users.ts'
import type { EventDelivery } from './webhooks/webhook-delivery.ts'

/** What every route is built from. */
export type ZendeskParts = {
  readonly world: World
  readonly store: ZendeskStore
  readonly present: Presenter
  readonly doubts: ZendeskDoubts
  readonly users: UserOperations
  readonly operations: TicketOperations
  readonly oauth: ZendeskOauth
  readonly delivery: EventDelivery
  readonly watch: TicketWatch
}

/** Set by `auth.ts` for every path under `/api/v2` except `users/me`. */
export type ZendeskEnv = { Variables: { user: User; token: OauthToken | null } }
export type ZendeskContext = Context<ZendeskEnv>

/** The authenticated user, who counts as the updater of whatever the call changes. */
export function apiActor(c: ZendeskContext): Actor & { user: User } {
  const client = c.req.header('user-agent') ?? null
  return { user: c.get('user'), via: viaChannel('api'), client }
}

/** Null when the body is not JSON. */
export async function readJson(c: Context): Promise<unknown> {
  const text = await c.req.text()
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is an answer that callers turn into their own refusal.
    return null
  }
}
