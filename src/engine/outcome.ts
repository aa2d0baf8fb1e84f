import type { TicketStatus } from '../conversations/conversation.ts'
import type { Refusal } from '../conversations/on-customer-message.ts'
import type { EffectResult } from '../db/records.ts'
import type { TicketId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { type ExchangeRecord, toExchangeRecord } from '../outbound/exchange-record.ts'
import { type Wait, waitAfter } from './retry.ts'

/** How one attempt at an effect ended, and what is to be written because of it. */
export type EffectOutcome =
  | { readonly kind: 'done'; readonly result: EffectResult; readonly ticket?: TicketNow }
  /** Try again after a while. `touched` says whether the next try must look first; `isCounted` whether it was the call's fault. */
  | {
      readonly kind: 'retry'
      readonly wait: Wait
      readonly touched: 'no' | 'maybe'
      readonly isCounted: boolean
      readonly status: number | null
    }
  /** A fact for the core to decide on. */
  | {
      readonly kind: 'refused'
      readonly refusal: Refusal
      /** The ticket or user that is not what it was. */
      readonly id: string
    }
  | {
      readonly kind: 'gave_up'
      readonly because: string
      readonly status: number | null
      readonly exchange?: ExchangeRecord | null
    }
  /** Only texts: the call may have been carried out, and nothing can tell. */
  | { readonly kind: 'unknown'; readonly because: string }

/** A ticket's state as a write's answer showed it. */
export type TicketNow = {
  readonly id: TicketId
  readonly status: TicketStatus | null
  readonly updatedAt: Instant | null
}

/** Of an effect that was not tried, because one before it in the same work was given up. */
export const EARLIER_FAILED = {
  kind: 'gave_up',
  because: 'an earlier effect that this one needs was given up',
  status: null,
} as const satisfies EffectOutcome

/** What follows from a call without an answer to decide on: wait and try again; a refusal is final. */
export function outcomeOfProblem(
  problem: ApiProblem,
  platform: string,
  attempts: number,
  jitter: number,
): EffectOutcome {
  if (problem.kind === 'refused')
    return {
      kind: 'gave_up',
      because: `${platform} refused: ${problem.detail}`,
      status: problem.status,
      exchange: toExchangeRecord(problem),
    }
  const isCounted = problem.kind === 'unavailable' || problem.kind === 'unreachable'
  const status =
    problem.kind === 'unavailable' ? problem.status : problem.kind === 'rate_limited' ? 429 : null
  return {
    kind: 'retry',
    wait: waitAfter(problem, platform, attempts, jitter),
    touched: problem.touched,
    isCounted,
    status,
  }
}
