import { findEffects } from '../db/effect-store.ts'
import type { Tx } from '../db/records.ts'
import { saveDecision, saveFailing, saveGathered } from '../db/work-progress.ts'
import type { Concern, Concluded } from './concerns/concern.ts'
import { concernOf } from './concerns/concern-of.ts'
import { insertEffects } from './insert-effects.ts'
import { park, parkIn } from './park.ts'
import { holdFence } from './parking.ts'
import type { Wait } from './retry.ts'
import type { Run } from './run.ts'
import { insertTell } from './tell.ts'

/**
 * Takes an open work item to its decision: hold, gather, decide. The decision, the new state and the
 * effects are saved in one transaction; doing it twice changes nothing, because only an open item is
 * decided on.
 */
export async function takeStep(run: Run): Promise<'decided' | 'parked'> {
  const { deps, item } = run
  const concern = concernOf(item.about)
  const hold = item.gathered === null ? ((await concern.holdUntil?.(run)) ?? null) : null
  if (hold !== null && hold.until > deps.clock.now()) return park(run, hold.until, hold.because)

  const facts = await gather(run, concern)
  if (!facts.ok) return parkFailing(run, facts.problem)
  deps.failpoint('in_gather')

  await deps.inTransaction(async (tx) => {
    await holdFence(deps.boss, tx, run.job)
    if (!(await saveGathered(tx, item.id, { facts: facts.value }))) return
    await saveConclusion(run, tx, await concern.decide(run, tx, facts.value))
    deps.failpoint('in_step', item.about)
  })
  return 'decided'
}

/** What an earlier run gathered stands, so that every run decides on the same facts. */
async function gather(run: Run, concern: Concern<unknown>): ReturnType<typeof concern.gather> {
  const { gathered } = run.item
  if (gathered === null) return concern.gather(run)
  return { ok: true, value: (gathered as { facts: unknown }).facts }
}

async function parkFailing(run: Run, wait: Wait): Promise<'parked'> {
  const { deps, item } = run
  await deps.inTransaction(async (tx) => {
    await saveFailing(tx, item.id, deps.clock.now())
    await parkIn(run, tx, wait)
  })
  return 'parked'
}

async function saveConclusion(run: Run, tx: Tx, concluded: Concluded): Promise<void> {
  const { deps, item } = run
  const { decision, conversationId, about } = concluded
  await saveDecision(tx, item.id, decision.reason, conversationId, deps.clock.now())
  // An open item with a reason was decided before, and revived by a person.
  const base = item.reason === null ? 0 : (await findEffects(tx, item.id)).length
  await insertEffects(run, tx, { effects: decision.effects, conversationId, base })
  const wasTold = item.reason === decision.reason
  if (wasTold || decision.tell === undefined || about === undefined) return
  await insertTell(run, tx, { text: about, tell: decision.tell })
}
