import type { z } from '@hono/zod-openapi'
import { REASONS } from '../../conversations/reasons.ts'
import type { TimelineEffect, TimelineEvent, TimelineWork } from '../../db/timeline.ts'
import type { entrySchema } from './conversations-contract.ts'
import { headline } from './conversations-sentences.ts'
import {
  type Ended,
  hasFailed,
  isDecidedAgain,
  stepRemedy,
  stepSentence,
} from './conversations-steps.ts'
import { failureIn, type Words, wordsOf } from './conversations-words.ts'
import { told } from './intervention-words.ts'

type Entry = z.infer<typeof entrySchema>

/** One event of a conversation as its timeline shows it: in words first, in codes behind them. */
export function toEntry(event: TimelineEvent): Entry {
  const { payload: _payload, work, ...facts } = event
  const words = wordsOf(event)
  const main = work.find(({ about }) => about !== 'ticket_metric') ?? work[0]
  const reason = main?.reason ?? null
  return {
    ...facts,
    says: headline({ kind: event.kind, reason, words }),
    side: sideOf(event, words, reason),
    text: textOf(event, words, work),
    state: stateOf(work),
    work: work.map((item) => ({
      ...item,
      ...explained(item.reason),
      interventions: told(item.interventions),
      effects: item.effects.map((effect) => toStep(effect, item)),
    })),
  }
}

type Step = Entry['work'][number]['effects'][number]

function toStep({ report, ...effect }: TimelineEffect, { effects }: TimelineWork): Step {
  const ended = { ...effect, failure: failureIn(report) }
  return {
    ...effect,
    says: `${stepSentence(ended)}${onWhichTicket(ended, effects)}`,
    remedy: stepRemedy(ended),
    isReplaced: isDecidedAgain(ended) && effects.at(-1)?.id !== effect.id,
    attempts: [...effect.attempts],
  }
}

/** Of several notes, each names its ticket. */
function onWhichTicket(
  { kind, ticketId }: Ended & { readonly ticketId: string | null },
  effects: readonly TimelineEffect[],
): string {
  const isOneOfSeveral =
    kind === 'add_note' && effects.filter((one) => one.kind === kind).length > 1
  return isOneOfSeveral && ticketId !== null ? ` (Ticket #${ticketId}.)` : ''
}

/** A decision's reason in words, and what would change it. */
function explained(reason: string | null): { says: string | null; remedy: string | null } {
  if (reason === null || !Object.hasOwn(REASONS, reason)) return { says: null, remedy: null }
  return REASONS[reason as keyof typeof REASONS]
}

/** A message stands on its writer's side; everything that is no message stands between. */
function sideOf(event: TimelineEvent, words: Words, reason: string | null): Entry['side'] {
  if (event.kind === 'customer_message') return 'customer'
  if (event.kind !== 'comment_added' || reason === 'echo') return 'between'
  if (words.from === 'note') return 'note'
  return words.from === 'customer' ? 'between' : 'agent'
}

/** An answer is shown as it was texted, once that is known. */
function textOf(event: TimelineEvent, words: Words, work: readonly TimelineWork[]): string | null {
  if (event.kind !== 'comment_added') return words.text
  const sent = work.flatMap(({ effects }) => effects).find(({ kind }) => kind === 'send_text')
  return sent?.text ?? words.text
}

function stateOf(work: readonly TimelineWork[]): Entry['state'] {
  const effects = work.flatMap((item) => item.effects)
  const failed = effects.filter(hasFailed)
  const isSetAside = work.some(({ state }) => state === 'set_aside')
  if (isSetAside || failed.some(({ state }) => state !== 'unknown')) return 'failed'
  // Klaviyo may still report an unknown text while its work is not done.
  if (work.some(({ state }) => state === 'open' || state === 'decided')) return 'waiting'
  return failed.length > 0 ? 'unknown' : 'fine'
}
