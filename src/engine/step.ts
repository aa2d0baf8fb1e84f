import { sameText } from '../conversations/comment-text.ts'
import type { Decision } from '../conversations/effects.ts'
import { markCreating } from '../db/conversation-store.ts'
import { insertEffect } from '../db/effect-store.ts'
import type { Effect, Tx, WorkItem } from '../db/records.ts'
import { saveDecision, saveGathered, saveWaiting } from '../db/work-progress.ts'
import { assertNever } from '../kernel/brand.ts'
import type { ConversationId, EffectId, TicketId } from '../kernel/ids.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import type { BridgeContext } from './bridge-context.ts'
import { comment } from './concerns/comment.ts'
import type { Concern } from './concerns/concern.ts'
import { consent } from './concerns/consent.ts'
import { customerMessage } from './concerns/customer-message.ts'
import { textOutcome } from './concerns/text-outcome.ts'
import { textSettlement } from './concerns/text-settlement.ts'
import { ticketMetric } from './concerns/ticket-metric.ts'
import type { EngineDeps } from './engine-deps.ts'
import { holdFence, type JobRun, parkJob } from './parking.ts'
import { insertTell } from './tell.ts'

/**
 * Takes an open work item to its decision: hold, gather, decide. The decision, the new state and the
 * effects are saved in one transaction; doing it twice changes nothing, because only an open item is
 * decided on.
 */
export async function takeStep(
  deps: EngineDeps,
  bridge: BridgeContext,
  item: WorkItem,
  run: JobRun,
): Promise<'decided' | 'parked'> {
  const concern = concernOf(item)
  const hold =
    item.gathered === null ? ((await concern.holdUntil?.(deps, bridge, item)) ?? null) : null
  if (hold !== null && hold.until > deps.clock.now())
    return park(deps, item, run, hold.until, hold.because)

  const facts =
    item.gathered === null
      ? await concern.gather(deps, bridge, item)
      : ({ ok: true, value: (item.gathered as { facts: unknown }).facts } as const)
  if (!facts.ok)
    return park(
      deps,
      item,
      run,
      instant(deps.clock.now() + facts.problem.waitMs),
      facts.problem.because,
    )
  deps.failpoint('in_gather')

  await deps.inTransaction(async (tx) => {
    await holdFence(deps.boss, tx, run)
    if (!(await saveGathered(tx, item.id, { facts: facts.value }))) return
    const { decision, conversationId } = await concern.decide(deps, tx, bridge, item, facts.value)
    await saveDecision(tx, item.id, decision.reason, conversationId, deps.clock.now())
    await insertEffects(deps, tx, item, decision.effects, conversationId, 0)
    await tellOf(deps, tx, item, decision)
    deps.failpoint('in_step', item.about)
  })
  return 'decided'
}

/** The facts are whatever the concern itself gathered, stored as JSON in between. */
function concernOf(item: WorkItem): Concern<unknown> {
  switch (item.about) {
    case 'customer_message':
      return customerMessage as Concern<unknown>
    case 'comment':
      return comment as Concern<unknown>
    case 'text_settlement':
      return textSettlement as Concern<unknown>
    case 'consent':
      return consent as Concern<unknown>
    case 'text_outcome':
      return textOutcome as Concern<unknown>
    case 'ticket_metric':
      return ticketMetric as Concern<unknown>
    default:
      return assertNever(item.about)
  }
}

/** Lets the whole lane wait, and says on the item why. */
export async function park(
  deps: EngineDeps,
  item: WorkItem,
  run: JobRun,
  until: Instant,
  because: string,
): Promise<'parked'> {
  await deps.inTransaction(async (tx) => {
    await saveWaiting(tx, item.id, because, until)
    await parkJob(deps.boss, tx, run, until - deps.clock.now())
  })
  return 'parked'
}

/** Saves effects from `base` on; `from_effect` references count from there too. */
export async function insertEffects(
  deps: EngineDeps,
  tx: Tx,
  item: WorkItem,
  effects: readonly Effect[],
  conversationId: ConversationId | null,
  base: number,
): Promise<void> {
  for (const [index, effect] of effects.entries()) {
    const id = deps.newId() as EffectId
    const bodyHash = effect.kind === 'send_text' ? deps.hash(sameText(effect.body)) : null
    await insertEffect(tx, {
      id,
      workItemId: item.id,
      ordinal: base + index,
      bridgeId: item.bridgeId,
      conversationId,
      effect: shifted(effect, base),
      bodyHash,
    })
    if (effect.kind === 'create_ticket') await markCreating(tx, effect.conversationId, id)
  }
}

function shifted(effect: Effect, base: number): Effect {
  const move = <Ref extends { readonly kind: string }>(ref: Ref): Ref =>
    'ordinal' in ref ? { ...ref, ordinal: (ref.ordinal as number) + base } : ref
  if (effect.kind === 'create_ticket') return { ...effect, requester: move(effect.requester) }
  if (effect.kind === 'add_comment') return { ...effect, author: move(effect.author) }
  return effect.kind === 'add_note' ? { ...effect, ticket: move(effect.ticket) } : effect
}

/** A decision not to send that the agent must hear of, about the comment the item holds. */
async function tellOf(
  deps: EngineDeps,
  tx: Tx,
  item: WorkItem,
  decision: Decision<Effect>,
): Promise<void> {
  if (decision.tell === undefined || item.event.kind !== 'comment_added') return
  const { detail, event } = item.event.payload as {
    detail: { id: string | number }
    event: { comment: { body: string } }
  }
  const text = { ticketId: String(detail.id) as TicketId, body: event.comment.body }
  await insertTell(deps, tx, {
    bridgeId: item.bridgeId,
    customerId: item.event.customerId,
    effectId: item.id as string as EffectId,
    text,
    tell: decision.tell,
  })
}
