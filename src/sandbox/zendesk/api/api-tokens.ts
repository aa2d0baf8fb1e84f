import type { ZendeskParts } from '../emulator.ts'
import type { User } from '../entities/people.ts'
import { findUserByEmail, isStaff } from '../store.ts'

/** https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/ */
const ALL_STOP_AT = Date.UTC(2027, 3, 30)
const IDLE_LIFE_MS = 30 * 24 * 3_600_000

const CREDENTIALS = /^(.+)\/token:(.+)$/

/**
 * The member of staff whom `e-mail/token:secret` in base 64 names; null when it names nobody. A
 * token that was not used for 30 days is dead, and so are all of them on 30 April 2027. End users
 * are not let in: how far an API token opens their side is not emulated.
 */
export function userOfApiToken({ store, world }: ZendeskParts, encoded: string): User | null {
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const [, email = '', secret = ''] = CREDENTIALS.exec(text) ?? []
  const token = store.apiTokens.get(secret)
  const now = world.clock.now()
  if (token === undefined || now >= ALL_STOP_AT || now - token.lastUsedAt > IDLE_LIFE_MS)
    return null
  const user = findUserByEmail(store, email)
  if (user === null || !isStaff(user)) return null
  token.lastUsedAt = now
  return user
}
