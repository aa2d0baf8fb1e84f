import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { v7 } from 'uuid'
import type { Config } from '../config.ts'
import { type Among, listEventIds, listFailingIds } from '../db/recovery-lists.ts'
import { openQueue } from '../engine/queue.ts'
import {
  discardProblem,
  type Recovered,
  type RecoveryDeps,
  retryProblem,
} from '../engine/recovery/recover.ts'
import { recoverMany, replayEvent, type Tally } from '../engine/recovery/recover-many.ts'
import { RECOVERY_REFUSALS } from '../engine/recovery/refusals.ts'
import { systemClock } from '../follow-clock.ts'
import type { EventId } from '../kernel/ids.ts'
import { openClock } from '../open-clock.ts'
import { type Database, StartProblem } from '../open-database.ts'
import type { Command } from './command.ts'
import { readSince } from './read-since.ts'
import { withDatabase } from './with-database.ts'

/*
 * retry, discard, replay: what a person does about what failed, or what should be decided again. They
 * change the database alone; a running service goes on with the work at once, any other when it starts.
 */

const PAGE = 500
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const BY = { who: 'the command line' }

/** Tries again what failed: one by its id, or all of a span of time. */
export const retry: Command = (args, config) => {
  const { values } = parse(args)
  const wish = { text: values.text, mayArriveTwice: values['may-arrive-twice'] }
  if (values.text?.trim() === '') throw new StartProblem('--text needs words')
  if (values.text !== undefined && values.since !== undefined)
    throw new StartProblem('--text changes one text: name its id instead of --since')
  return recover(args, config, 'tried again', listFailingIds, (deps, id) =>
    retryProblem(deps, id, BY, wish),
  )
}

/** Takes what failed off the list. */
export const discard: Command = (args, config) =>
  recover(args, config, 'discarded', listFailingIds, (deps, id) => discardProblem(deps, id, BY))

/** Decides events again of which nothing came. */
export const replay: Command = (args, config) => {
  const isAsked = parse(args).values.since === undefined
  return recover(args, config, 'decided again', listEventIds, (deps, id) =>
    replayEvent(deps, id as EventId, BY, isAsked),
  )
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      since: { type: 'string' },
      until: { type: 'string' },
      bridge: { type: 'string' },
      text: { type: 'string' },
      'may-arrive-twice': { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
}

async function recover(
  args: readonly string[],
  config: Config,
  what: string,
  list: (tx: Database['db'], among: Among) => Promise<readonly string[]>,
  one: (deps: RecoveryDeps, id: string) => Promise<Recovered>,
): Promise<number> {
  const { values, positionals } = parse(args)
  const wrong = positionals.find((id) => !UUID.test(id))
  if (wrong !== undefined)
    throw new StartProblem(`${wrong} is not an id: "replyline events --failures" shows them`)
  if (positionals.length === 0 && values.since === undefined)
    throw new StartProblem('name the ids, or from when on: --since 2h')
  const span = spanOf(values)
  return withDatabase(config, (database) =>
    withRecovery(config, database, async (deps) => {
      const tally = (ids: readonly string[]) => recoverMany(ids, (id) => one(deps, id))
      if (positionals.length > 0) {
        const named = await tally(positionals)
        tell(what, named)
        return named.left.length === 0 ? 0 : 1
      }
      const page = (after: string | null) => list(database.db, { ...span, after, limit: PAGE })
      return inPages(page, tally, what)
    }),
  )
}

async function withRecovery<T>(
  config: Config,
  database: Database,
  work: (deps: RecoveryDeps) => Promise<T>,
): Promise<T> {
  const clock = await openClock(config, database.db)
  const boss = await openQueue(database.queueDb, () => undefined, { supervise: false })
  try {
    return await work({ ...depsOf(database), boss, clock })
  } finally {
    await boss.stop({ graceful: false })
    clock.stop()
  }
}

function spanOf({ bridge, since, until }: ReturnType<typeof parse>['values']) {
  const at = (written: string | undefined) => (written === undefined ? null : moment(written))
  return { bridge: bridge ?? null, since: at(since), until: at(until) }
}

function depsOf({ inTransaction }: Database) {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  return { inTransaction, newId: v7, hash, wake: () => undefined }
}

function moment(written: string): string {
  const at = readSince(written, systemClock.now())
  if (at === null)
    throw new StartProblem(`${written} is no moment: write 90m, 2h, 3d, or 2026-11-20T08:00Z`)
  return at
}

/** Page by page, showing how far it is. */
async function inPages(
  page: (after: string | null) => Promise<readonly string[]>,
  tally: (ids: readonly string[]) => Promise<Tally>,
  what: string,
): Promise<number> {
  const all = { done: 0, left: [] as Tally['left'][number][] }
  for (let after: string | null = null; ; ) {
    const ids = await page(after)
    const { done, left } = await tally(ids)
    all.done += done
    all.left.push(...left)
    after = ids.at(-1) ?? null
    if (ids.length < PAGE) {
      tell(what, all)
      return 0
    }
    process.stderr.write(`${all.done} ${what} …\n`)
  }
}

/** Of what was meant and left, each reason once. */
function tell(what: string, { done, left }: Tally): void {
  process.stdout.write(
    `${done} ${what}, ${left.length} left as ${left.length === 1 ? 'it was' : 'they were'}.\n`,
  )
  const reasons = Map.groupBy(left, ({ why }) => why)
  for (const [why, group] of reasons)
    process.stdout.write(`  ${group.length}: ${RECOVERY_REFUSALS[why]}${namesOf(group)}\n`)
}

function namesOf(group: Tally['left']): string {
  return group.length > 5 ? '' : ` (${group.map(({ id }) => id).join(', ')})`
}
