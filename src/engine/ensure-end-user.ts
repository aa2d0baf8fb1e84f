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
    isStaffEmail ? null : effect.email,
  )
}

function isUsable(user: ZendeskUser | null): user is ZendeskUser {
  return user !== null && user.role === 'end-user' && user.active
}

function found(userId: ZendeskUserId): EffectOutcome {
  return { kind: 'done', result: { userId } }
}

/** An address or number that search did not show yet is taken: then the user is made without the e-mail. */
async function createEndUser(
  bridge: BridgeContext,
  attempt: Try<EnsureEndUser>,
  email: string | null,
): Promise<EffectOutcome> {
  const { effect, row, jitter } = attempt
  const draft = {
    name: effect.name,
    phone: effect.phone,
    externalId: effect.externalId,
    ...(email === null ? {} : { email }),
  }
  const created = await bridge.zendesk.users.create(draft)
  if (created.ok) return found(created.value.id)
  if (isDuplicateUser(created.problem) && email !== null)
    return createEndUser(bridge, attempt, null)
  if (isDuplicateUser(created.problem))
    return {
      kind: 'retry',
      wait: {
        waitMs: 5 * SECOND,
        because: 'Zendesk has this customer already, but its search does not show them yet',
      },
      touched: 'no',
      isCounted: true,
      status: 422,
    }
  return outcomeOfProblem(created.problem, 'Zendesk', row.attemptCount, jitter)
}
