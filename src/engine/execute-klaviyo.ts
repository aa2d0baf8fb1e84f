import type { SendText } from '../conversations/effects.ts'
import { REPLY_LIFE_MS } from '../conversations/on-comment.ts'
import type { ProfileId } from '../kernel/ids.ts'
import { instant } from '../kernel/instant.ts'
import { isPermissionDenied } from '../klaviyo/refusal.ts'
import type { RecordEvent } from '../metrics/to-klaviyo-event.ts'
import { toExchangeRecord } from '../outbound/exchange-record.ts'
import type { BridgeContext } from './bridge-context.ts'
import { type EffectOutcome, outcomeOfProblem } from './outcome.ts'
import type { Try } from './try.ts'

/**
 * Sends one text. A call that may have been carried out is `unknown`: Klaviyo has no handle by which a
 * repeat could be recognised, and a customer notices a text that comes twice.
 */
export async function sendText(
  bridge: BridgeContext,
  { row, effect, mustLook, jitter, waitedMs }: Try<SendText>,
): Promise<EffectOutcome> {
  if (mustLook) return { kind: 'unknown', because: 'the call was cut off before Klaviyo answered' }
  if (waitedMs > REPLY_LIFE_MS) return TOO_LATE
  const sent = await bridge.klaviyo.messages.send({
    conversationId: effect.klaviyoConversationId,
    body: effect.body,
  })
  if (sent.ok) return { kind: 'done', result: {} }
  const { problem } = sent
  if (problem.touched === 'maybe')
    return { kind: 'unknown', because: 'Klaviyo gave no usable answer' }
  if (isPermissionDenied(problem))
    return {
      kind: 'gave_up',
      because:
        'Klaviyo has not enabled sending by API for this account, or the key lacks the scope conversations:write',
      status: 403,
      exchange: problem.kind === 'refused' ? toExchangeRecord(problem) : null,
    }
  return outcomeOfProblem(problem, 'Klaviyo', row.attemptCount, jitter)
}

const TOO_LATE: EffectOutcome = {
  kind: 'gave_up',
  because: 'it could not be sent for more than 4 hours, and would come too late',
  status: null,
}

/** Records a ticket's event. Its `unique_id` makes repeats harmless, so nothing is looked up. */
export async function recordEvent(
  bridge: BridgeContext,
  { row, effect, jitter }: Try<RecordEvent>,
): Promise<EffectOutcome> {
  const profile = 'id' in effect.profile ? { id: effect.profile.id as ProfileId } : effect.profile
  const created = await bridge.klaviyo.events.create({
    metric: effect.metric,
    profile,
    properties: effect.properties,
    time: instant(Date.parse(effect.time)),
    uniqueId: effect.uniqueId,
    backfill: effect.backfill,
  })
  return created.ok
    ? { kind: 'done', result: {} }
    : outcomeOfProblem(created.problem, 'Klaviyo', row.attemptCount, jitter)
}
