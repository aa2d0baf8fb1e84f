import { type Actor, viaChannel } from '../zendesk/actor.ts'
import { isProblem } from '../zendesk/api/errors.ts'
import type { User } from '../zendesk/entities/people.ts'
import { findUserByEmail } from '../zendesk/store.ts'
import type { NativeParts } from './parts.ts'

const EMAIL = 'klaviyo-native@example.com'
const USER_AGENT = "Klaviyo's own Zendesk integration (emulated)"

/**
 * Whom the integration acts as, made at its first write. The real one acts as the admin who
 * connected it; one of its own keeps its deeds apart from those of people.
 */
export function ownActor({ zendesk }: Pick<NativeParts, 'zendesk'>): Actor & { user: User } {
  return { user: ownUser(zendesk), via: viaChannel('api'), client: USER_AGENT }
}

function ownUser({ store, users }: NativeParts['zendesk']): User {
  const known = findUserByEmail(store, EMAIL)
  if (known !== null) return known
  const made = users.create({ name: 'Klaviyo', email: EMAIL, role: 'admin', verified: true })
  if (isProblem(made)) throw new Error(`the integration's user cannot be made: ${EMAIL}`)
  return made
}
