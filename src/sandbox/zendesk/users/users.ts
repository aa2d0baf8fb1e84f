import type { Fields } from '../api/wire.ts'
import type { Identity, User } from '../entities/people.ts'
import { deleteUser, mergeUsers } from './user-endings.ts'
import {
  addIdentity,
  changeIdentity,
  identitiesOf,
  makePrimary,
  removeIdentity,
  type UserParts,
} from './user-identities.ts'
import {
  createOrUpdateUser,
  createUser,
  findByExternalId,
  findMatch,
  updateUser,
} from './user-writes.ts'

export type UserOperations = ReturnType<typeof createUserOperations>

/** The one place where users and their identities change, and where they are found. */
export function createUserOperations(parts: UserParts) {
  return {
    create: (given: Fields) => createUser(parts, given),
    update: (user: User, given: Fields) => updateUser(parts, user, given),
    createOrUpdate: (given: Fields) => createOrUpdateUser(parts, given),
    merge: (loser: User, winner: User) => mergeUsers(parts, loser, winner),
    remove: (user: User) => deleteUser(parts, user),
    addIdentity: (user: User, given: Fields) => addIdentity(parts, user, given),
    changeIdentity: (identity: Identity, given: Fields) => changeIdentity(parts, identity, given),
    makePrimary: (user: User, chosen: Identity) => makePrimary(parts, user, chosen),
    removeIdentity: (user: User, gone: Identity) => removeIdentity(parts, user, gone),
    findMatch: (given: Fields) => findMatch(parts, given),
    findByExternalId: (externalId: string) => findByExternalId(parts, externalId),
    identitiesOf: (userId: number) => identitiesOf(parts, userId),
  }
}
