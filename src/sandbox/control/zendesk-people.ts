import type { Problem } from '../zendesk/api/errors.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import type { User } from '../zendesk/entities/people.ts'
import { findUserByEmail, isStaff } from '../zendesk/store.ts'
import { badControl, type ControlProblem } from './control-request.ts'

/** An agent or admin by address. */
export function findAgent(zendesk: ZendeskEmulator, email: unknown): User | ControlProblem {
  const user = typeof email === 'string' ? findUserByEmail(zendesk.store, email) : null
  if (user === null || !isStaff(user)) return badControl(`no agent has the address ${email}`, 404)
  return user
}

/** The customer with this address, made with a name like the address when there is none. */
export function findOrMakeCustomer(
  zendesk: ZendeskEmulator,
  email: unknown,
): User | ControlProblem | Problem {
  if (typeof email !== 'string' || !email.includes('@')) {
    return badControl('an e-mail address is needed for the requester')
  }
  const known = findUserByEmail(zendesk.store, email)
  if (known !== null) return known
  const name = (email.split('@')[0] ?? email).replaceAll(/[._]/g, ' ')
  return zendesk.users.create({ name, email, role: 'end-user', verified: true })
}
