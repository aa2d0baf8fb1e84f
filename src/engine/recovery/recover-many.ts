import { findEffects } from '../../db/effect-store.ts'
import type { Tx } from '../../db/records.ts'
import { holdWorkOfEvent } from '../../db/recovery-store.ts'
import type { EventId } from '../../kernel/ids.ts'
import { planReplay } from './plan.ts'
import { type Actor, carryOut, type Recovered, type RecoveryDeps, record } from './recover.ts'
import type { RecoveryRefusal } from './refusals.ts'

/** What became of many: how many went on, and which did not, each with its reason. */
export type Tally = {
  readonly done: number
  readonly left: readonly { readonly id: string; readonly why: RecoveryRefusal }[]
}

/**
 * Decides an event again, as if it came now. What was done is not done again: only work of which nothing
 * came, or that failed, goes on. `isAsked` for an event that a person named.
 */
export async function replayEvent(
  deps: RecoveryDeps,
  id: EventId,
  by: Actor,
  isAsked: boolean,
): Promise<Recovered> {
  const done = await deps.inTransaction((tx) => replayIn(deps, tx, { id, by, isAsked }))
  deps.wake()
  return done
}

type Replay = { readonly id: EventId; readonly by: Actor; readonly isAsked: boolean }

async function replayIn(
  deps: RecoveryDeps,
  tx: Tx,
  { id, by, isAsked }: Replay,
): Promise<Recovered> {
  const works = await holdWorkOfEvent(tx, id)
  if (works.length === 0) return { ok: false, problem: 'not_found' }
  const problems: RecoveryRefusal[] = []
  for (const work of works) {
    const { about } = work
    const effects = await findEffects(tx, work.id)
    const plan =
      about === 'nothing'
        ? ({ ok: false, problem: 'nothing_to_do' } as const)
        : planReplay({ ...work, about }, effects, isAsked)
    if (plan.ok) {
      await carryOut(deps, tx, work, effects, plan.value)
      await record(deps, tx, { workItemId: work.id, effectId: null, action: 'replay' }, by)
    } else problems.push(plan.problem)
  }
  const [problem] = problems
  return problem === undefined || problems.length < works.length
    ? { ok: true, value: null }
    : { ok: false, problem }
}

/** Does one after the other, each in a transaction of its own, so that one that cannot go on stops none. */
export async function recoverMany<Id extends string>(
  ids: readonly Id[],
  recoverOne: (id: Id) => Promise<Recovered>,
): Promise<Tally> {
  let done = 0
  const left: { id: string; why: RecoveryRefusal }[] = []
  for (const id of ids) {
    const recovered = await recoverOne(id)
    if (recovered.ok) done += 1
    else left.push({ id, why: recovered.problem })
  }
  return { done, left }
}
