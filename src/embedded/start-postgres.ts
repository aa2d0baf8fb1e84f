/**
 * The PostgreSQL that comes with npm, as a child of this program on a unix socket.
 *
 * One data folder has at most one server, and PostgreSQL's own lock sees to it. We add the question
 * whose server it is: each carries its starter, `service` or `tool`, and the starter's process in a
 * setting. A server ends with its starter, even one killed by SIGKILL, so while a server answers
 * and its starter lives, the folder is taken; there is no other lock that could be left behind.
 *
 *   what is there             a service             a command-line tool
 *   nothing                   starts its own        starts its own, stops it when done
 *   a service's server        is refused, with pid  adopts it
 *   a tool's server           waits for its end     adopts it, and fails if that tool ends first
 *   one starting or ending    waits                 waits
 *   one whose starter died    ends it, waits        ends it, waits
 *
 * Waiting has a limit of 30 s, then the folder is reported as held. A service never adopts: it
 * would have to live through the end of a server it does not control.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { err, ok, type Result } from '../kernel/result.ts'
import { ensureDatabase } from './database.ts'
import { connectionTo, type EmbeddedPostgres } from './embedded-postgres.ts'
import { type Layout, prepareLayout } from './layout.ts'
import { type Claim, type NextStep, nextStep, parseOwner } from './next-step.ts'
import { type EmbeddedProblem, inUse, problemOf, stillHeld } from './problem.ts'
import { isPostmasterOf, pidOf, stampOf } from './process-stamp.ts'
import { lookForServer, type SeenServer } from './seen-server.ts'
import { startOwn } from './start-own.ts'

export type StartOptions = {
  readonly dataDir: string
  readonly claim: Claim
  /** Takes one line for a person, when there is something to wait for. */
  log(line: string): void
}

type Started = Result<EmbeddedPostgres, EmbeddedProblem>

const POLL_MS = 20
const PATIENCE_MS = 30_000

/** Gives a running database on the data folder, made on first use, or says why there is none. */
export async function startEmbeddedPostgres(options: StartOptions): Promise<Started> {
  try {
    const layout = await prepareLayout(options.dataDir)
    return layout.ok ? await startOn(layout.value, options) : layout
  } catch (error) {
    const problem = problemOf(error, options.dataDir)
    if (problem === null) throw error
    return err(problem)
  }
}

async function startOn(layout: Layout, options: StartOptions): Promise<Started> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  let announced = ''

  for (;;) {
    const seen = await lookForServer(layout)
    const isOwnerAlive = await ownerLives(seen)
    const step = nextStep(seen, { claim: options.claim, isOwnerAlive })

    const outcome = await take(step, layout, options.claim)
    if (outcome.kind === 'settled') return outcome.started
    if (patience.aborted) return err(stillHeld(layout.dataDir, outcome.holder))
    if (announced !== outcome.holder) options.log(`Waiting up to 30 s for ${outcome.holder}.`)
    announced = outcome.holder
    await delay(POLL_MS)
  }
}

type Outcome =
  | { readonly kind: 'settled'; readonly started: Started }
  | { readonly kind: 'wait'; readonly holder: string }

async function take(step: NextStep, layout: Layout, claim: Claim): Promise<Outcome> {
  switch (step.kind) {
    case 'adopt':
      return { kind: 'settled', started: await adopt(step.socketDir) }

    case 'refuse':
      return { kind: 'settled', started: err(inUse(layout.dataDir, step.pid)) }

    case 'start': {
      const started = await startOwn(layout, { claim, stalePid: step.stalePid })
      if (started !== 'overtaken') return { kind: 'settled', started }
      return { kind: 'wait', holder: 'another Replyline that starts at this moment' }
    }

    case 'evict':
      await tellToEnd(step.pid, layout.cluster)
      return { kind: 'wait', holder: step.holder }

    case 'wait':
      return step
  }
}

async function ownerLives(seen: SeenServer): Promise<boolean> {
  const owner = seen.kind === 'answers' ? parseOwner(seen.owner) : null
  return owner !== null && (await stampOf(pidOf(owner.stamp))) === owner.stamp
}

/** Only after the pid has proved to be this cluster's: a container may count its pids otherwise. */
async function tellToEnd(pid: number, cluster: string): Promise<void> {
  if (!(await isPostmasterOf(pid, cluster))) return
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    // Gone meanwhile, or another user's: either way the wait goes on and says who holds the folder.
  }
}

async function adopt(socketDir: string): Promise<Started> {
  await ensureDatabase(socketDir)
  const exited = new Promise<never>(() => undefined)
  return ok({
    ...{ connection: connectionTo(socketDir), adopted: true, exited },
    stop: async () => undefined,
  })
}
