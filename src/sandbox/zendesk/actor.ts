import type { User } from './entities/people.ts'
import type { Via } from './entities/tickets.ts'

/** Who updates a ticket, and by which way. Business rules look at this, never at a comment's author. */
export type Actor = {
  /** Null: Zendesk itself. */
  readonly user: User | null
  readonly via: Via
  /** The user agent, which audits keep. */
  readonly client: string | null
}

/** Zendesk's own id in audits and events when no person acts. */
const SYSTEM_USER_ID = -1

export function actorId(actor: Actor): number {
  return actor.user?.id ?? SYSTEM_USER_ID
}

/** Whether business rules count the updater as an agent. */
export function actsAsStaff(actor: Actor): boolean {
  return actor.user !== null && actor.user.role !== 'end-user'
}

export function viaChannel(channel: string, rel: string | null = null): Via {
  return { channel, source: { from: {}, to: {}, rel } }
}

export function viaRule(rule: { id: number; title: string }, kind: 'trigger' | 'automation'): Via {
  return {
    channel: 'rule',
    source: { from: { id: rule.id, title: rule.title }, to: {}, rel: kind },
  }
}

export function systemActor(via: Via): Actor {
  return { user: null, via, client: null }
}
