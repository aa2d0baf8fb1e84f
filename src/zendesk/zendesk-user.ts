import { z } from 'zod'
import type { ZendeskUserId } from '../kernel/ids.ts'
import { neededId, optionalFlag, optionalText, textOrEmpty } from './wire.ts'

/** `end-user` is a customer; the other two are staff. */
export type ZendeskRole = 'end-user' | 'agent' | 'admin'

/** A person in Zendesk. `phone` is as stored, not always E.164. */
export type ZendeskUser = {
  readonly id: ZendeskUserId
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly role: ZendeskRole
  readonly externalId: string | null
  readonly suspended: boolean
  /** False once the user was deleted; Zendesk goes on showing such a user. */
  readonly active: boolean
}

const role = z
  .unknown()
  .optional()
  .transform((raw, context): ZendeskRole => {
    const word = typeof raw === 'string' ? raw.toLowerCase().replace('_', '-') : ''
    if (word === 'end-user' || word === 'agent' || word === 'admin') return word
    context.addIssue({ code: 'custom', message: raw === undefined ? 'missing' : 'not a role' })
    return z.NEVER
  })

/** https://developer.zendesk.com/api-reference/ticketing/users/users/#json-format */
export const userSchema = z
  .looseObject({
    id: neededId<ZendeskUserId>(),
    name: textOrEmpty,
    email: optionalText,
    phone: optionalText,
    role,
    external_id: optionalText,
    suspended: optionalFlag,
    active: optionalFlag,
  })
  .transform(
    (wire): ZendeskUser => ({
      id: wire.id,
      name: wire.name,
      email: wire.email,
      phone: wire.phone,
      role: wire.role,
      externalId: wire.external_id,
      suspended: wire.suspended ?? false,
      active: wire.active ?? true,
    }),
  )
