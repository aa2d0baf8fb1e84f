import { sameText } from '../../conversations/comment-text.ts'
import { findEffects, insertEffect } from '../../db/effect-store.ts'
import type { Effect, EffectRow, Tx } from '../../db/records.ts'
import {
  discardWork,
  dismissEffects,
  type HeldWork,
  holdWork,
  type Intervention,
  insertIntervention,
  resetEffects,
  reviveWork,
} from '../../db/recovery-store.ts'
import type { EffectId, WorkItemId } from '../../kernel/ids.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { BRIDGE_FRESH_MS } from '../bridge-context.ts'
import type { EngineDeps } from '../engine-deps.ts'
import { groupOf, platformOf } from '../lanes.ts'
import { dropJob, forgetJob, succeedJob, unparkWorkItem } from '../parking.ts'
import { insertJobs } from '../queue.ts'
import {
  dependents,
  isFailing,
  planRetry,
  planSetAside,
  type RecoveryPlan,
  type RecoveryWish,
} from './plan.ts'
import type { RecoveryRefusal } from './refusals.ts'

/*
 * What a person does about work that failed or waits. Each call is one transaction that holds the work
 * item: two people who act at once are served one after the other, and the second is told. Nothing here
 * calls a platform; the work goes on in its lane, behind what waits there.
 */

export type RecoveryDeps = Pick<
  EngineDeps,
  'boss' | 'inTransaction' | 'clock' | 'newId' | 'hash' | 'wake'
>

/** What is decided again must see a setting that was changed just before, in whichever process it runs. */
const SETTLED_AFTER_MS = BRIDGE_FRESH_MS + 500

/** Who acts, as the record shall name them, and what they have to say to it. */
export type Actor = { readonly who: string; readonly note?: string | undefined }

export type Recovered = Result<null, RecoveryRefusal>

/** Tries again what failed (an effect's id) or what was set aside or waits (a work item's id). */
export async function retryProblem(
  deps: RecoveryDeps,
  id: string,
  by: Actor,
  wish: RecoveryWish = {},
): Promise<Recovered> {
  const done = await deps.inTransaction(async (tx): Promise<Recovered> => {
    const held = await holdWork(tx, id)
    if (held === null) return err('not_found')
    const { work, effectId } = held
    if (effectId === null && (work.state === 'open' || work.state === 'decided'))
      return hurry(tx, work)
    const effects = await findEffects(tx, work.id)
    const plan = planOf(work, effects, effectId, wish)
    if (!plan.ok) return plan
    await carryOut(deps, tx, work, effects, plan.value)
    const action = wish.text === undefined ? 'retry' : 'edit'
    await record(deps, tx, { workItemId: work.id, effectId, action }, by)
    return ok(null)
  })
  deps.wake()
  return done
}

function planOf(
  work: HeldWork,
  effects: readonly EffectRow[],
  effectId: EffectId | null,
  wish: RecoveryWish,
): Result<RecoveryPlan, RecoveryRefusal> {
  if (work.about === 'nothing') return err('nothing_to_do')
  const known = { ...work, about: work.about }
  if (effectId !== null) return planRetry(known, effects, effectId, wish)
  if (wish.text !== undefined) return err('only_texts_are_edited')
  return work.state === 'set_aside' ? ok(planSetAside(work.wasDecided)) : err('went_well')
}

/** What waits is tried at once; what runs already needs no push. */
async function hurry(tx: Tx, work: HeldWork): Promise<Recovered> {
  await unparkWorkItem(tx, work.id)
  return ok(null)
}

/** Takes a failure off the list, or ends work that was set aside or waits. Nothing more is sent for it. */
export async function discardProblem(
  deps: RecoveryDeps,
  id: string,
  by: Actor,
): Promise<Recovered> {
  return deps.inTransaction(async (tx): Promise<Recovered> => {
    const held = await holdWork(tx, id)
    if (held === null) return err('not_found')
    const { work, effectId } = held
    const ended =
      effectId === null
        ? await discardItem(deps, tx, work)
        : await discardEffect(deps, tx, work.id, effectId)
    if (ended.ok) await record(deps, tx, { workItemId: work.id, effectId, action: 'discard' }, by)
    return ended
  })
}

async function discardItem(deps: RecoveryDeps, tx: Tx, work: HeldWork): Promise<Recovered> {
  if (work.state === 'done') return err('went_well')
  if (!(await dropJob(tx, work.id))) return err('under_way')
  await discardWork(tx, work.id, deps.clock.now())
  return ok(null)
}

async function discardEffect(
  deps: RecoveryDeps,
  tx: Tx,
  workItemId: WorkItemId,
  id: EffectId,
): Promise<Recovered> {
  const effects = await findEffects(tx, workItemId)
  const failed = effects.find((effect) => effect.id === id)
  if (failed === undefined) return err('not_found')
  if (failed.isDismissed) return err('dealt_with')
  if (!isFailing(failed)) return err('went_well')
  const ids = [failed, ...dependents(effects, failed)].map((effect) => effect.id)
  await dismissEffects(tx, ids, deps.clock.now())
  return ok(null)
}

/** Changes what the plan names, and gives the work a job again. */
export async function carryOut(
  deps: RecoveryDeps,
  tx: Tx,
  work: HeldWork,
  effects: readonly EffectRow[],
  { reviveTo, dismiss, reset, add }: RecoveryPlan,
): Promise<void> {
  await dismissEffects(tx, dismiss, deps.clock.now())
  await resetEffects(tx, reset)
  if (add !== null) await addEffect(deps, tx, work, { effect: add, ordinal: effects.length })
  await reviveWork(tx, work.id, reviveTo, deps.clock.now())
  const { id: workItemId, queue, lane, bridgeId } = work
  const past = await forgetJob(tx, workItemId)
  const group = groupOf(bridgeId, platformOf(lane))
  await insertJobs(deps.boss, tx, [{ workItemId, queue, lane, group }])
  await succeedJob(tx, workItemId, {
    retryCount: past + 1,
    delayMs: reviveTo === 'open' ? SETTLED_AFTER_MS : 0,
  })
}

async function addEffect(
  deps: RecoveryDeps,
  tx: Tx,
  work: HeldWork,
  { effect, ordinal }: { readonly effect: Effect; readonly ordinal: number },
): Promise<void> {
  const text = effect.kind === 'send_text' ? effect : null
  await insertEffect(tx, {
    id: deps.newId() as EffectId,
    workItemId: work.id,
    ordinal,
    bridgeId: work.bridgeId,
    conversationId: text?.conversationId ?? null,
    effect,
    bodyHash: text === null ? null : deps.hash(sameText(text.body)),
  })
}

export function record(
  deps: RecoveryDeps,
  tx: Tx,
  done: Pick<Intervention, 'workItemId' | 'effectId' | 'action'>,
  { who, note }: Actor,
): Promise<void> {
  const intervention = { id: deps.newId(), ...done, who, note: note ?? null }
  return insertIntervention(tx, intervention, deps.clock.now())
}
