import { findKnownBridges } from '../db/intake-store.ts'
import type { IntakeRow } from '../db/records.ts'
import type { IntakeDeps } from './intake-deps.ts'
import { store } from './store-events.ts'

/*
 * Intake: the moment after which an event cannot be lost.
 *
 * A delivery's rows wait in memory until the flush before theirs has returned; then up to 256 rows
 * share one transaction: dedupe keys, ticket and profile states, customers, events, work items, jobs.
 * Only after its commit does `add` resolve, and only then does the sender get its 2xx. When a flush
 * fails because of its data, it is split until the bad row stands alone, which is then stored as a
 * bare fact without its content: one bad row never fails its neighbours. When the database cannot be
 * used, every waiting delivery is refused and its sender will come again.
 */

export type Intake = {
  /** Resolves when every row is on disk, new or known. Rejects when the database could not be used. */
  add(rows: readonly IntakeRow[]): Promise<void>
}

type Waiting = {
  readonly rows: readonly IntakeRow[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

const MAX_ROWS = 256

/** As much as a burst of full deliveries; beyond, the database is not keeping up and memory must not pay. */
const MAX_WAITING_ROWS = 50_000

/** Far more than any id of either platform, far less than an index can hold. */
const LONGEST_ID = 200

export function createIntake(deps: IntakeDeps): Intake {
  const waiting: Waiting[] = []
  let flushing = false
  let waitingRows = 0

  async function flushAll(): Promise<void> {
    flushing = true
    while (waiting.length > 0) {
      const batch = takeBatch(waiting)
      await flushBatch(batch)
      for (const { rows } of batch) waitingRows -= rows.length
    }
    flushing = false
  }

  async function flushBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await storeSplitting(
        deps,
        batch.flatMap(({ rows }) => rows),
      )
      deps.failpoint('intake_after_commit')
      deps.onCommitted()
      for (const { resolve } of batch) resolve()
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  return {
    add: (rows) =>
      new Promise<void>((resolve, reject) => {
        if (rows.length === 0) return resolve()
        if (waitingRows > MAX_WAITING_ROWS) return reject(new Error('too much waits to be stored'))
        waitingRows += rows.length
        waiting.push({ rows, resolve, reject })
        if (!flushing) void flushAll()
      }),
  }
}

/** Whole deliveries, at least one, about `MAX_ROWS` rows together. */
function takeBatch(waiting: Waiting[]): readonly Waiting[] {
  let count = 0
  let size = 0
  while (
    count < waiting.length &&
    (count === 0 || size + (waiting[count]?.rows.length ?? 0) <= MAX_ROWS)
  ) {
    size += waiting[count]?.rows.length ?? 0
    count += 1
  }
  return waiting.splice(0, count)
}

async function storeSplitting(deps: IntakeDeps, rows: readonly IntakeRow[]): Promise<void> {
  try {
    await deps.inTransaction((tx) => store(deps, tx, rows))
  } catch (error) {
    if (!deps.isDataFault(error)) throw error
    if (rows.length > 1) {
      const half = Math.ceil(rows.length / 2)
      await storeSplitting(deps, rows.slice(0, half))
      return storeSplitting(deps, rows.slice(half))
    }
    await storeBare(deps, rows)
  }
}

/** Nothing is kept of an event whose bridge was removed since its delivery was read. */
async function storeBare(deps: IntakeDeps, rows: readonly IntakeRow[]): Promise<void> {
  const bare = rows.map((row) => toBareFact(deps, row))
  await deps.inTransaction(async (tx) => {
    const known = await findKnownBridges(tx, bare)
    const kept = bare.filter(({ bridgeId }) => known.has(bridgeId))
    if (kept.length > 0) await store(deps, tx, kept)
  })
}

/**
 * What is kept of an event that the database cannot hold. Whatever of it is the cause, its id and
 * its time included, is replaced: a row that failed again would be sent again for ever.
 */
function toBareFact(deps: IntakeDeps, row: IntakeRow): IntakeRow {
  return {
    ...row,
    key: `bare:${deps.hash(row.key)}`,
    remoteId: row.remoteId.length > LONGEST_ID ? row.eventId : row.remoteId,
    ticketId: null,
    commentId: null,
    at: deps.clock.now(),
    payload: { unstorable: true },
    customer: null,
    ticketState: null,
    consent: null,
    flowMessageTo: null,
    marketing: null,
    work: [],
    settled: 'unreadable',
  }
}
