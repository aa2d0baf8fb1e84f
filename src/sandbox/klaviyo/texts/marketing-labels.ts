import { ulid } from '../../core/ids.ts'
import type { Account } from '../entities.ts'
import { stableId } from '../ids.ts'

/**
 * What a campaign's messages say of themselves. That conversation messages carry none of these
 * is an inference from the official event dimensions [I].
 */
export function campaignLabels(name: string, now: number): Record<string, string> {
  return { $message: ulid(now), 'Campaign Name': name, 'Message Name': name }
}

/** A flow and its message keep their ids from one send to the next. */
export function flowLabels(account: Account, flowName: string): Record<string, string> {
  return {
    $flow: stableId(6, 'flow', account.id, flowName),
    $message: stableId(6, 'flow-message', account.id, flowName),
    'Message Name': flowName,
  }
}
