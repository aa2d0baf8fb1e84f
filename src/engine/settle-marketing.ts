import type { Reason } from '../conversations/reasons.ts'
import {
  countMarketing,
  findReached,
  type Reached,
  saveLastMarketing,
} from '../db/intake-marketing.ts'
import type { IntakeRow, Tx } from '../db/records.ts'
import type { Instant } from '../kernel/instant.ts'

type Settled = {
  /** What is to be stored one by one: all that is no marketing, and what reached a current ticket's customer. */
  readonly kept: readonly IntakeRow[]
  /** Whom the kept campaign and flow texts reached. */
  readonly reached: ReadonlyMap<IntakeRow, Reached>
}

/**
 * Settles what campaigns and flows sent: remembers it for each profile, counts every one by its reason,
 * and leaves to be stored only those that somebody with a current ticket got. The rows must be new ones,
 * for then nothing is counted twice.
 */
export async function settleMarketing(
  tx: Tx,
  rows: readonly IntakeRow[],
  now: Instant,
): Promise<Settled> {
  const marketing = rows.filter((row) => row.marketing !== null)
  if (marketing.length === 0) return { kept: rows, reached: new Map() }
  await saveLastMarketing(tx, marketing)
  const reached = await findReached(tx, marketing)
  const counted = marketing.map((row) => ({ row, reason: reasonFor(reached.get(row)) }))
  await countMarketing(tx, counted, now)
  const kept = rows.filter(
    (row) => row.marketing === null || reasonFor(reached.get(row)) === 'marketing_message',
  )
  return { kept, reached }
}

function reasonFor(reached: Reached | undefined): Reason {
  if (reached === undefined) return 'marketing_to_stranger'
  return reached.conversationId === null ? 'marketing_without_ticket' : 'marketing_message'
}
