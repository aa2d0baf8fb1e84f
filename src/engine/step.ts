import { findEffects } from '../db/effect-store.ts'
import type { EffectRow, Tx, WorkItem } from '../db/records.ts'
import { saveDecision, saveFailing, saveGathered } from '../db/work-progress.ts'
import { findWorkItem } from '../db/work-store.ts'
import { allEnded } from '../kernel/all-ended.ts'
import type { Concern, Concluded } from './concerns/concern.ts'
import { concernOf } from './concerns/concern-of.ts'
import { insertEffects } from './insert-effects.ts'
import { park, parkIn } from './park.ts'
import { expectHeld, fenceOf } from './parking.ts'
import type { Wait } from './retry.ts'
import type { Run } from './run.ts'
import { insertTell } from './tell.ts'

/**
 * Takes an open work item to its decision and answers what then is: hold, gather, decide. The decision,
 * the new state and the effects are saved in one transaction; doing it twice changes nothing, because only
 * an open item is decided on.
 */
export async function takeStep(run: Run): Promise<Stepped | 'parked'> {
  const { deps, item } = run
  const concern = concernOf(item.about)
  const hold = item.gathered === null ? ((await concern.holdUntil?.(run)) ?? null) : null
  if (hold !== null && hold.until > deps.clock.now()) return park(run, hold.until, hold.because)

  const facts = await gather(run, concern)
  if (!facts.ok) return parkFailing(run, facts.problem)
  deps.failpoint('in_gather')

  const gathered = { facts: facts.value }
  const concluded = await deps.inLazyTransaction(async (tx) => {
    const { isHeld, isOpen } = await saveGathered(tx, fenceOf(run.job), item.id, gathered)
    expectHeld(run.job, isHeld)
    if (!isOpen) return null
    const conclusion = await concern.decide(run, tx, facts.value)
    const effects = await saveConclusion(run, tx, conclusion)
    deps.failpoint('in_step', item.about)
    return { conclusion, effects }
  })
  if (concluded === null) return findDecided(run)
  const { conclusion, effects } = concluded
  return { item: decided(run, gathered, conclusion), effects }
}

/** A decided item, and its effects when they are known from having been saved just now. */
export type Stepped = {
  readonly item: WorkItem
  readonly effects: readonly EffectRow[] | null
}

/** The item as the step has just saved it. */
function decided({ deps, item }: Run, gathered: unknown, concluded: Concluded): WorkItem {
  const { decision, conversationId } = concluded
  return {
    ...item,
    state: 'decided',
    reason: decision.reason,
    conversationId: conversationId ?? item.conversationId,
    gathered,
    decidedAt: deps.clock.now(),
  }
}

/** The item as an earlier run left it. */
async function findDecided({ deps, item }: Run): Promise<Stepped> {
  return { item: (await findWorkItem(deps.db, item.id)) ?? item, effects: null }
}

/** What an earlier run gathered stands, so that every run decides on the same facts. */
async function gather(run: Run, concern: Concern<unknown>): ReturnType<typeof concern.gather> {
  const { gathered } = run.item
  if (gathered === null) return concern.gather(run)
  return { ok: true, value: (gathered as { facts: unknown }).facts }
}

async function parkFailing(run: Run, wait: Wait): Promise<'parked'> {
  const { deps, item } = run
  await deps.inLazyTransaction(async (tx) => {
    await saveFailing(tx, item.id, deps.clock.now())
    await parkIn(run, tx, wait)
  })
  return 'parked'
}

async function saveConclusion(
  run: Run,
  tx: Tx,
  concluded: Concluded,
): Promise<readonly EffectRow[]> {
  const { deps, item } = run
  const { decision, conversationId, about } = concluded
  const { effects, tell } = decision
  // An open item with a reason was decided before, and revived by a person.
  const base = item.reason === null ? 0 : (await findEffects(tx, item.id)).length
  const [, rows] = await allEnded([
    saveDecision(tx, item.id, decision.reason, conversationId, deps.clock.now()),
    insertEffects(run, tx, { effects, conversationId, base }),
  ])
  const wasTold = item.reason === decision.reason
  if (!wasTold && tell !== undefined && about !== undefined)
    await insertTell(run, tx, { text: about, tell })
  return rows
}
