import { sameText } from '../conversations/comment-text.ts'
import { markCreating } from '../db/conversation-store.ts'
import { insertEffect } from '../db/effect-store.ts'
import type { Effect, EffectRow, Tx } from '../db/records.ts'
import type { ConversationId, EffectId } from '../kernel/ids.ts'
import type { Run } from './run.ts'

type Decided = {
  readonly effects: readonly Effect[]
  readonly conversationId: ConversationId | null
  /** How many effects the item has already: ordinals and references to effects count from there. */
  readonly base: number
}

/** Saves a decision's effects, frozen, in order, and answers them as they then are. */
export async function insertEffects(
  { deps, item }: Run,
  tx: Tx,
  decided: Decided,
): Promise<readonly EffectRow[]> {
  const { effects, conversationId, base } = decided
  const rows: EffectRow[] = []
  for (const [index, effect] of effects.entries()) {
    const id = deps.newId() as EffectId
    const bodyHash = effect.kind === 'send_text' ? deps.hash(sameText(effect.body)) : null
    const { bridgeId } = item
    const draft = { id, ordinal: base + index, bridgeId, effect: shifted(effect, base) }
    await insertEffect(tx, { ...draft, workItemId: item.id, conversationId, bodyHash })
    if (effect.kind === 'create_ticket') await markCreating(tx, effect.conversationId, id)
    rows.push({ ...draft, ...UNTRIED })
  }
  return rows
}

const UNTRIED = {
  state: 'pending',
  reason: null,
  result: null,
  attemptCount: 0,
  firstAttemptedAt: null,
  settledAt: null,
  delivery: null,
  isDismissed: false,
} as const

function shifted(effect: Effect, base: number): Effect {
  switch (effect.kind) {
    case 'create_ticket':
      return { ...effect, requester: moved(effect.requester, base) }
    case 'add_comment':
      return { ...effect, author: moved(effect.author, base) }
    case 'add_note':
      return { ...effect, ticket: moved(effect.ticket, base) }
    case 'ensure_end_user':
    case 'send_text':
    case 'record_event':
      return effect
  }
}

function moved<Ref extends { readonly kind: string }>(ref: Ref, base: number): Ref {
  return 'ordinal' in ref ? { ...ref, ordinal: (ref.ordinal as number) + base } : ref
}
