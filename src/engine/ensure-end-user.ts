import type { EnsureEndUser } from '../conversations/effects.ts'
import type { ZendeskUserId } from '../kernel/ids.ts'
import { SECOND } from '../kernel/instant.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { isDuplicateUser } from '../zendesk/refusal.ts'
import type { ZendeskUser } from '../zendesk/zendesk-user.ts'
import type { BridgeContext } from './bridge-context.ts'
import { type EffectOutcome, outcomeOfProblem } from './outcome.ts'
import type { Try } from './try.ts'

type Attempt = Pick<Try<EnsureEndUser>, 'row' | 'effect' | 'jitter'>

/**
 * Finds the customer's Zendesk user, or makes one. An e-mail that belongs to staff is never given to
 * a customer: such a customer gets an end user of their own, by phone.
 */
export async function ensureEndUser(
  bridge: BridgeContext,
  { mustLook, ...attempt }: Attempt & Pick<Try<EnsureEndUser>, 'mustLook'>,
): Promise<EffectOutcome> {
  const isFirst = !mustLook && attempt.row.attemptCount === 0
  return (isFirst ? await ensureAtOnce(bridge, attempt) : null) ?? lookAndMake(bridge, attempt)
}

/**
 * The short way, for most customers are new: one look by phone, which Zendesk does not keep unique. That
 * an e-mail or an external id is taken it says itself. Null where only a whole look can tell.
 */
async function ensureAtOnce(
  bridge: BridgeContext,
  { row, effect, jitter }: Attempt,
): Promise<EffectOutcome | null> {
  const { users } = bridge.zendesk
  const { name, externalId, phone } = effect
  const email = effect.email?.toLowerCase() ?? null
  const failed = (problem: ApiProblem) =>
    outcomeOfProblem(problem, 'Zendesk', row.attemptCount, jitter)
  const byPhone = await users.searchByPhone(phone)
  if (!byPhone.ok) return failed(byPhone.problem)
  const samePhone = byPhone.value.filter((user) => user.phone === phone && isUsable(user))
  const same = samePhone.find((user) => email === null || user.email?.toLowerCase() === email)
  if (same !== undefined) return found(same.id)
  if (samePhone.length > 0) return null
  const address = effect.email === null ? {} : { email: effect.email }
  const created = await users.create({ name, externalId, phone, ...address })
  if (created.ok) return found(created.value.id)
  return isDuplicateUser(created.problem) ? null : failed(created.problem)
}

/** By our mark first, then by e-mail, then by phone; made when nobody is any of them. */
async function lookAndMake(
  bridge: BridgeContext,
  { row, effect, jitter }: Attempt,
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
    { row, effect, jitter },
    { email: isStaffEmail ? null : effect.email, phone: effect.phone },
  )
}

function isUsable(user: ZendeskUser | null): user is ZendeskUser {
  return user !== null && user.role === 'end-user' && user.active
}

function found(userId: ZendeskUserId): EffectOutcome {
  return { kind: 'done', result: { userId } }
}

/** Tries for an e-mail or a number that is taken although search shows nobody: search may be behind. */
const TRIES_FOR_SEARCH = 3

/**
 * Makes the end user. What is taken by somebody whom search does not show is waited for, because they
 * may have been made a moment ago, by another bridge of this account perhaps; after a few tries it is
 * left out, first the e-mail, then the number: it is a suspended user's, or staff's direct line.
 */
async function createEndUser(
  bridge: BridgeContext,
  attempt: Attempt,
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
  if (row.attemptCount < TRIES_FOR_SEARCH) return NOT_SHOWN_YET
  if (email !== null) return createEndUser(bridge, attempt, { email: null, phone })
  if (phone !== null) return createEndUser(bridge, attempt, { email: null, phone: null })
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
