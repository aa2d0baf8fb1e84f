import { asId } from '../api/wire.ts'
import type { ZendeskParts } from '../emulator.ts'
import type { User } from '../entities/people.ts'

/** Who has the id that a path names, unless deleted or merged away. */
export function findUser({ store }: ZendeskParts, id: string | undefined): User | null {
  const user = store.users.get(asId(id) ?? 0)
  return user?.active ? user : null
}
