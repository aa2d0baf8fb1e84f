import { resolveCustomers } from '../db/intake-customers.ts'
import { saveProfileStates } from '../db/intake-profiles.ts'
import { claimKeys, insertEvents } from '../db/intake-store.ts'
import { findTicketOwners, ownerKey, saveTicketStates } from '../db/intake-tickets.ts'
import type { About, IntakeRow, JobDraft, Tx } from '../db/records.ts'
import { insertWorkItems, type WorkDraft } from '../db/work-store.ts'
import { allEnded } from '../kernel/all-ended.ts'
import type { ConversationId, CustomerId, WorkItemId } from '../kernel/ids.ts'
import type { IntakeDeps } from './intake-deps.ts'
import { groupOf, laneOf } from './lanes.ts'
import { insertJobs } from './queue.ts'
import { settleMarketing } from './settle-marketing.ts'

export async function store(deps: IntakeDeps, tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  const now = deps.clock.now()
  const fresh = await claimKeys(tx, rows, now)
  if (fresh.length > 0) {
    await saveTicketStates(tx, fresh)
    await saveProfileStates(tx, fresh)
    const { kept, reached } = await settleMarketing(tx, fresh, now)
    const owners = await findTicketOwners(tx, kept)
    const customers = await resolveCustomers(tx, kept, deps.newId, now)
    const customerOf = (row: IntakeRow) =>
      reached.get(row)?.customerId ??
      customers.get(row) ??
      (row.ticketId === null
        ? null
        : (owners.get(ownerKey(row.bridgeId, row.ticketId))?.customerId ?? null))
    const drafts = kept.flatMap((row) => {
      const conversationId = reached.get(row)?.conversationId ?? null
      return workOf(row, { customerId: customerOf(row), conversationId }, deps.newId)
    })
    const events = insertEvents(
      tx,
      kept.map((row) => ({ row, customerId: customerOf(row) })),
      now,
    )
    const items = insertWorkItems(
      tx,
      drafts.map(({ work }) => work),
      now,
    )
    const jobs = insertJobs(
      deps.boss,
      tx,
      drafts.flatMap(({ job }) => (job === null ? [] : [job])),
    )
    await allEnded([events, items, jobs])
  }
  deps.failpoint('intake_before_commit')
}

/** The work items of one event, one a lane, or a single one that is born done. */
function workOf(
  row: IntakeRow,
  {
    customerId,
    conversationId,
  }: { readonly customerId: CustomerId | null; readonly conversationId: ConversationId | null },
  newId: () => string,
): readonly { work: WorkDraft; job: JobDraft | null }[] {
  const open = row.work.filter((about) => unneeded(about, customerId) === null)
  if (open.length > 0) return open.map((about) => openWork(row, about, customerId, newId))
  const settled = row.settled ?? unneeded(row.work[0] ?? null, customerId) ?? 'unsupported'
  const work = {
    id: newId() as WorkItemId,
    eventId: row.eventId,
    bridgeId: row.bridgeId,
    queue: 'live',
    lane: '',
    about: 'nothing',
    conversationId,
    settled,
  } as const
  return [{ work, job: null }]
}

/** Why work about nobody we know needs no lane. */
function unneeded(about: About | null, customerId: CustomerId | null): WorkDraft['settled'] {
  if (customerId !== null || about === null) return null
  if (about === 'comment') return 'not_our_ticket'
  if (about === 'text_settlement') return 'not_a_text_of_ours'
  return about === 'consent' ? 'consent_recorded' : null
}

/** The work item of one event in one lane, and its job. */
export function openWork(
  row: IntakeRow,
  about: About,
  customerId: CustomerId | null,
  newId: () => string,
): { work: WorkDraft; job: JobDraft } {
  const id = newId() as WorkItemId
  const lane = laneOf(about, row.bridgeId, customerId, row.ticketId)
  return {
    work: {
      id,
      eventId: row.eventId,
      bridgeId: row.bridgeId,
      queue: lane.queue,
      lane: lane.key,
      about,
      conversationId: null,
      settled: null,
    },
    job: {
      workItemId: id,
      queue: lane.queue,
      lane: lane.key,
      group: groupOf(row.bridgeId, lane.platform),
    },
  }
}
