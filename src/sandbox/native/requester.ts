import type { Profile } from '../klaviyo/entities.ts'
import { isProblem } from '../zendesk/api/errors.ts'
import type { User } from '../zendesk/entities/people.ts'
import { findUserByEmail, identityKey } from '../zendesk/store.ts'
import type { NativeParts } from './parts.ts'

/**
 * The profile's user in Zendesk: by e-mail, else by phone, else a new one [I]. A profile with an
 * agent's address becomes that agent, which would explain why the agent's replies are not sent.
 */
export function findOrMakeRequester({ store, users }: NativeParts['zendesk'], profile: Profile) {
  const { email, phoneNumber: phone } = profile
  const byEmail = email === null ? null : findUserByEmail(store, email)
  const identity =
    phone === null ? undefined : store.identityByValue.get(identityKey('phone_number', phone))
  const known: User | undefined = byEmail ?? store.users.get(identity?.user_id ?? 0)
  if (known !== undefined) return known

  const { first_name, last_name } = profile.traits
  const name = [first_name, last_name].filter((part) => part !== null).join(' ')
  const made = users.create({ name: name || phone || email, email, phone, role: 'end-user' })
  if (isProblem(made)) throw new Error(`no user can be made for the profile ${profile.id}`)
  return made
}
