import type { EnsureEndUser } from '../conversations/effects.ts'
import type { ZendeskUserId } from '../kernel/ids.ts'
import { SECOND } from '../kernel/instant.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { isDuplicateUser } from '../zendesk/refusal.ts'
import type { ZendeskUser } from '../zendesk/zendesk-user.ts'
import type { BridgeContext } from './bridge-context.ts'
import { type EffectOutcome, outcomeOfProblem } from './outcome.ts'
import type { Try } from './try.ts'

/**
 * Finds the customer's Zendesk user, or makes one. An e-mail that belongs to staff is never given to
 * a customer: such a customer gets an end user of their own, by phone.
 */
export async function ensureEndUser(
  bridge: BridgeContext,
  { row, effect, jitter }: Try<EnsureEndUser>,
): Promise<EffectOutcome> {
  const { users } = bridge.zendesk
  const failed = (problem: ApiProblem) =>
    outcomeOfProblem(problem, 'Zendesk', row.attemptCount, jitter)
  const known = await users.findByExternalId(effect.externalId)
  if (!known.ok) return failed(known.problem)
  if (isUsable(known.value)) return found(known.value.id)

  const byEmail = effect.email === null ? null : await users.searchByEmail(effect.email)
  if (byEmail !== null && !byEmail.ok) return failed(byEmail.problem)
  const sameEmail = (byEmail?.value ?? []).filter(
    (user) => user.email?.toLowerCase() === effect.email?.toLowerCase(),
  )
  const endUser = sameEmail.find(isUsable)
  if (endUser !== undefined) return found(endUser.id)

  const byPhone = await users.searchByPhone(effect.phone)
  if (!byPhone.ok) return failed(byPhone.problem)
  const samePhone = byPhone.value.find((user) => user.phone === effect.phone && isUsable(user))
  if (samePhone !== undefined) return found(samePhone.id)

  const isStaffEmail = sameEmail.some(({ role }) => role !== 'end-user')
  return createEndUser(
    bridge,
    { row, effect, mustLook: true, jitter },
    { email: isStaffEmail ? null : effect.email, phone: effect.phone },
  )
}

function isUsable(user: ZendeskUser | null): user is ZendeskUser {
  return user !== null && user.role === 'end-user' && user.active
}

function found(userId: ZendeskUserId): EffectOutcome {
  return { kind: 'done', result: { userId } }
}

/** Tries for a number that is taken although search shows nobody: search may be behind. */
const TRIES_FOR_PHONE = 3

/**
 * Makes the end user. What is already taken is left out: first the e-mail, and after a few tries, since
 * search lags, the number too. The latter happens when the number is a staff member's direct line.
 */
async function createEndUser(
  bridge: BridgeContext,
  attempt: Try<EnsureEndUser>,
  contact: { readonly email: string | null; readonly phone: string | null },
): Promise<EffectOutcome> {
  const { effect, row, jitter } = attempt
  const { email, phone } = contact
  const address = email === null ? {} : { email }
  const { name, externalId } = effect
  const created = await bridge.zendesk.users.create({ name, externalId, phone, ...address })
  if (created.ok) return found(created.value.id)
  if (!isDuplicateUser(created.problem))
    return outcomeOfProblem(created.problem, 'Zendesk', row.attemptCount, jitter)
  if (email !== null) return createEndUser(bridge, attempt, { email: null, phone })
  if (phone !== null && row.attemptCount >= TRIES_FOR_PHONE)
    return createEndUser(bridge, attempt, { email: null, phone: null })
  return NOT_SHOWN_YET
}

const NOT_SHOWN_YET: EffectOutcome = {
  kind: 'retry',
  wait: {
    waitMs: 5 * SECOND,
    because: 'Zendesk has this customer already, but its search does not show them yet',
  },
  touched: 'no',
  isCounted: true,
  status: 422,
}
