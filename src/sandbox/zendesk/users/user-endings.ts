import { badRequest, invalidField, type Problem } from '../api/errors.ts'
import { toWireTime } from '../api/wire.ts'
import type { User } from '../entities/people.ts'
import { findTicket, indexRequester } from '../store.ts'
import { identitiesOf, removeIdentity, type UserParts } from './user-identities.ts'

/** The loser's addresses and tickets become the winner's, and the loser is deleted. */
export function mergeUsers(parts: UserParts, loser: User, winner: User): Problem | null {
  if (loser === winner) return badRequest('InvalidValue', 'A user cannot be merged into itself')
  if (loser.role !== 'end-user' || winner.role !== 'end-user') {
    return invalidField('base', 'Only end users can be merged')
  }
  moveIdentities(parts, loser, winner)
  moveTickets(parts, loser, winner)
  winner.email ??= loser.email
  winner.phone ??= loser.phone
  loser.active = false
  return null
}

function moveIdentities(parts: UserParts, loser: User, winner: User): void {
  const moved = identitiesOf(parts, loser.id)
  const kept = identitiesOf(parts, winner.id)
  for (const identity of moved) Object.assign(identity, { user_id: winner.id, primary: false })
  parts.store.identitiesByUser.set(winner.id, [...kept, ...moved])
  parts.store.identitiesByUser.delete(loser.id)
}

function moveTickets({ store }: UserParts, loser: User, winner: User): void {
  for (const id of [...(store.ticketIdsByRequester.get(loser.id) ?? [])]) {
    const record = findTicket(store, id)
    if (record === null) continue
    record.ticket = { ...record.ticket, requester_id: winner.id }
    indexRequester(store, record, loser.id)
  }
}

/**
 * Soft: the user is shown as inactive and the addresses are free again. Who has tickets that are
 * not closed stays; the words of that refusal are from memory [M].
 */
export function deleteUser(parts: UserParts, user: User): Problem | null {
  const ids = [...(parts.store.ticketIdsByRequester.get(user.id) ?? [])]
  const isBusy = ids.some((id) => {
    const status = findTicket(parts.store, id)?.ticket.status ?? 'closed'
    return status !== 'closed'
  })
  if (isBusy) return invalidField('base', 'User has tickets that are not closed', 'InvalidValue')
  for (const identity of [...identitiesOf(parts, user.id)]) removeIdentity(parts, user, identity)
  Object.assign(user, { active: false, updated_at: toWireTime(parts.world.clock.now()) })
  return null
}
