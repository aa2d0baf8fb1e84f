import {
  claimFeed,
  type DueFeed,
  ensureFeeds,
  type FeedPosition,
  saveFeedPosition,
  saveFeedProblem,
} from '../../db/feed-store.ts'
import { countKnownKeys } from '../../db/intake-store.ts'
import type { IntakeRow } from '../../db/records.ts'
import type { EventId } from '../../kernel/ids.ts'
import { instant, MINUTE, SECOND } from '../../kernel/instant.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'
import type { EngineDeps } from '../engine-deps.ts'
import type { Intake } from '../intake.ts'
import { waitAfter } from '../retry.ts'
import type { FeedEvent, ReadFeed } from './feed.ts'

/*
 * The reconciler: reads each platform's own feed from where it stopped, a little before, into the same
 * intake under the same keys. What a webhook brought is known there and changes nothing; what it lost
 * costs a minute, not a text. Every process has one; a feed is read by one at a time. The position is
 * kept after the intake has committed, so a reader that dies reads again.
 */

export type ReconcilerDeps = Pick<EngineDeps, 'db' | 'clock' | 'newId' | 'jitter' | 'log'> & {
  readonly intake: Intake
  /** Null when the account is not connected any more. */
  readonly findFeed: (feed: Pick<DueFeed, 'connectionId' | 'name'>) => Promise<ReadFeed | null>
}

const READ_EVERY_MS = MINUTE
/** How often a process looks whether a feed is due. */
const LOOK_EVERY_MS = 2_000
/** Pages of one feed in a row; the others wait meanwhile. */
const MOST_PAGES = 20

/** Starts reading the feeds of every account; `stop` waits for the read that is under way. */
export function startReconciler(deps: ReconcilerDeps): { stop(): Promise<void> } {
  let reading: Promise<unknown> | null = null
  const look = setInterval(() => {
    reading ??= reconcile(deps)
      .catch((error: unknown) => deps.log.warn({ err: error }, 'a feed could not be read'))
      .finally(() => {
        reading = null
      })
  }, LOOK_EVERY_MS)
  return {
    async stop() {
      clearInterval(look)
      await reading
    },
  }
}

/** Reads every feed that is due, one after the other; answers how many events nobody had told of. */
async function reconcile(deps: ReconcilerDeps): Promise<number> {
  await ensureFeeds(deps.db, deps.clock.now())
  let found = 0
  for (;;) {
    const now = deps.clock.now()
    const feed = await claimFeed(deps.db, now, instant(now + READ_EVERY_MS))
    if (feed === null) return found
    found += await readFeed(deps, feed)
  }
}

async function readFeed(deps: ReconcilerDeps, feed: DueFeed): Promise<number> {
  const read = await deps.findFeed(feed)
  if (read === null) return 0
  let { position } = feed
  let found = 0
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await read(position, deps.clock.now())
    if (!page.ok) {
      await putOff(deps, feed, position, page.problem)
      return found
    }
    const fresh = await takeIn(deps, feed, page.value.events)
    found += fresh
    position = page.value.next
    await saveFeedPosition(deps.db, feed, position, fresh)
    if (!page.value.hasMore) break
  }
  if (found > 0)
    deps.log.warn(
      { connection: feed.connectionId, feed: feed.name, found },
      'events were found late',
    )
  return found
}

/**
 * Keeps why a feed could not be read, and when it is tried again. With a position that was refused it is
 * not asked again: it begins anew where that position's reading began, which costs reads alone.
 */
async function putOff(
  deps: ReconcilerDeps,
  feed: DueFeed,
  position: FeedPosition,
  problem: ApiProblem,
): Promise<void> {
  const isRefused = problem.kind === 'refused'
  const wait = isRefused
    ? { waitMs: READ_EVERY_MS, because: problem.detail }
    : waitAfter(problem, feed.name, 0, deps.jitter())
  if (isRefused && position.cursor !== null)
    await saveFeedPosition(deps.db, feed, { ...position, cursor: null }, 0)
  await saveFeedProblem(deps.db, feed, wait.because, instant(deps.clock.now() + wait.waitMs))
}

/** Nothing from before a bridge was set up counts for it. */
async function takeIn(
  deps: ReconcilerDeps,
  { bridges }: DueFeed,
  events: readonly FeedEvent[],
): Promise<number> {
  const now = deps.clock.now()
  // Oldest first is what was asked for; lanes take what they get in the order in which they get it.
  const inOrder = events.toSorted((one, other) => one.at - other.at)
  const rows: readonly IntakeRow[] = bridges.flatMap(({ id, activatedAt }) =>
    inOrder
      // Both platforms tell whole seconds.
      .filter(({ at }) => at >= activatedAt - (activatedAt % SECOND))
      .map((event) => event.toRow(id, deps.newId() as EventId, now)),
  )
  if (rows.length === 0) return 0
  const known = await countKnownKeys(deps.db, rows)
  await deps.intake.add(rows)
  return rows.length - known
}
