import { REASONS } from '../../conversations/reasons.ts'
import type { Effect, EffectRow, WorkItem } from '../../db/records.ts'
import type { EffectId } from '../../kernel/ids.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { EARLIER_FAILED } from '../outcome.ts'
import type { RecoveryRefusal } from './refusals.ts'

/** What is to change so that failed work goes on. Pure: carried out by `recover.ts`. */
export type RecoveryPlan = {
  /** Where the work item goes on: decide again, or carry out what was decided. */
  readonly reviveTo: 'open' | 'decided'
  /** Effects that are not failures any more. */
  readonly dismiss: readonly EffectId[]
  /** Effects to be tried again as they are, under their own handle. */
  readonly reset: readonly EffectId[]
  /** An effect to be added, in place of one that was dismissed. */
  readonly add: Effect | null
}

export type RecoveryWish = {
  /** Other words for a text. */
  readonly text?: string | undefined
  /** Said by a person who knows that the text may have arrived. */
  readonly mayArriveTwice?: boolean | undefined
}

type Work = Pick<WorkItem, 'state' | 'about' | 'reason'>
type Planned = Result<RecoveryPlan, RecoveryRefusal>

/** Refusals after which something else was decided in their place. */
const DECIDED_AGAIN = new Set<string | null>(['ticket_closed', 'ticket_gone', 'user_gone'])
const WORDS: ReadonlySet<Effect['kind']> = new Set(['create_ticket', 'add_comment', 'add_note'])

/** Whether an effect failed and nobody has dealt with it. */
export function isFailing({ state, reason, delivery, isDismissed }: EffectRow): boolean {
  if (isDismissed || DECIDED_AGAIN.has(reason)) return false
  return state === 'gave_up' || state === 'unknown' || delivery === 'failed'
}

/** How one failed effect is tried again. */
export function planRetry(
  work: Work,
  effects: readonly EffectRow[],
  id: EffectId,
  wish: RecoveryWish,
): Planned {
  const failed = effects.find((effect) => effect.id === id)
  if (failed === undefined) return err('not_found')
  if (failed.isDismissed) return err('dealt_with')
  if (!isFailing(failed)) return err('went_well')
  if (work.state !== 'done') return err('under_way')
  if (failed.effect.kind === 'send_text') return planText(failed, failed.effect, wish)
  if (wish.text !== undefined) return err('only_texts_are_edited')
  if (isUntold(work, effects)) return ok(decideAnew(effects))
  const reset = [failed, ...dependents(effects, failed)].map((effect) => effect.id)
  return ok({ reviveTo: 'decided', dismiss: [], reset, add: null })
}

/** A text is sent anew as an effect of its own, so that each has its own report from Klaviyo. */
function planText(
  failed: EffectRow,
  text: Extract<Effect, { kind: 'send_text' }>,
  { text: body = text.body, mayArriveTwice }: RecoveryWish,
): Planned {
  if (failed.state === 'unknown' && mayArriveTwice !== true) return err('may_arrive_twice')
  return ok({ reviveTo: 'decided', dismiss: [failed.id], reset: [], add: { ...text, body } })
}

/** Whether nothing of what was to be told is on a ticket, so that the core may decide on what is true now. */
function isUntold({ about }: Work, effects: readonly EffectRow[]): boolean {
  if (about !== 'customer_message' && about !== 'text_outcome') return false
  return !effects.some(({ state, effect }) => state === 'done' && WORDS.has(effect.kind))
}

function decideAnew(effects: readonly EffectRow[]): RecoveryPlan {
  const dismiss = effects.filter(isFailing).map(({ id }) => id)
  return { reviveTo: 'open', dismiss, reset: [], add: null }
}

/** Later effects that were not tried because of this one. */
export function dependents(effects: readonly EffectRow[], failed: EffectRow): readonly EffectRow[] {
  return effects.filter(
    ({ ordinal, reason }) => ordinal > failed.ordinal && reason === EARLIER_FAILED.because,
  )
}

/** How work goes on that was set aside because it threw. */
export function planSetAside(wasDecided: boolean): RecoveryPlan {
  return { reviveTo: wasDecided ? 'decided' : 'open', dismiss: [], reset: [], add: null }
}

/**
 * How an event's work is decided again from the beginning, as if it came now: only where nothing came of
 * it. What was done is never done again. `isAsked` for an event that a person named; of many, only those
 * whose reason something could have changed are looked at.
 */
export function planReplay(
  work: Work & { readonly wasDecided: boolean },
  effects: readonly EffectRow[],
  isAsked: boolean,
): Planned {
  if (work.state === 'set_aside') return ok(planSetAside(work.wasDecided))
  if (work.state !== 'done') return err('under_way')
  const [failed] = effects.filter(isFailing)
  if (failed !== undefined) return planRetry(work, effects, failed.id, {})
  const isSettled =
    work.reason === 'settled_a_text' || effects.some(({ state }) => state === 'done')
  if (isSettled) return err('went_well')
  const isChangeable = mayChange(work.reason)
  return isAsked || isChangeable ? ok(decideAnew(effects)) : err('went_well')
}

/** What a person discarded stays so until a person names it. */
function mayChange(reason: Work['reason']): boolean {
  return reason !== null && reason !== 'discarded' && REASONS[reason]?.remedy != null
}
