import { findOperator, insertFirstOperator, savePasswordHash } from '../db/operator-store.ts'
import type { InTransaction, Tx } from '../db/records.ts'
import { deleteSessionsOf } from '../db/session-store.ts'
import type { OperatorId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/instant.ts'
import { nameKeyOf } from './operator-name.ts'
import { hashPassword, isPassword, makePassword } from './password.ts'
import type { SignedIn } from './sessions.ts'

type Credentials = { readonly name: string; readonly password: string }

type OwnerDeps = { readonly db: Tx; readonly clock: Clock; readonly newId: () => string }

/** Null when somebody was first. The caller has checked the set-up token. */
export async function makeFirstOwner(
  { db, clock, newId }: OwnerDeps,
  { name, password }: Credentials,
): Promise<SignedIn | null> {
  const owner = { id: newId() as OperatorId, name: name.trim() }
  const isFirst = await insertFirstOperator(db, {
    ...owner,
    nameKey: nameKeyOf(name),
    passwordHash: await hashPassword(password),
    createdAt: clock.now(),
  })
  return isFirst ? owner : null
}

export type Checked =
  | { readonly kind: 'right'; readonly operator: SignedIn }
  | { readonly kind: 'wrong' }
  /** Too many sign in at once: nothing was checked. */
  | { readonly kind: 'busy' }

/** Whether the name or the password is what is wrong, neither the answer nor its time tells. */
export async function checkPassword(db: Tx, { name, password }: Credentials): Promise<Checked> {
  const operator = await findOperator(db, nameKeyOf(name))
  const isRight = await isPassword(password, operator?.passwordHash ?? null)
  if (isRight === null) return { kind: 'busy' }
  return isRight && operator !== null
    ? { kind: 'right', operator: { id: operator.id, name: operator.name } }
    : { kind: 'wrong' }
}

/** Gives an operator a new random password and ends all their sessions; null when nobody has this name. */
export async function resetPassword(
  inTransaction: InTransaction,
  name: string,
): Promise<string | null> {
  const password = makePassword()
  const passwordHash = await hashPassword(password)
  return inTransaction(async (tx) => {
    const operator = await findOperator(tx, nameKeyOf(name))
    if (operator === null) return null
    await savePasswordHash(tx, operator.id, passwordHash)
    await deleteSessionsOf(tx, operator.id)
    return password
  })
}
