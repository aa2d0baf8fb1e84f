import { HOUR, MINUTE } from '../../kernel/instant.ts'
import { fine, type Judgement, problem, unknown, warning } from './judgement.ts'

/** `pending` are migrations that this version brings and the database lacks. */
export function judgeDatabase(pending: readonly string[]): Judgement {
  if (pending.length === 0) return fine('The database answers and is up to date.')
  return problem({
    says: `The database lacks ${pending.join(', ')}.`,
    remedy: 'Run "npx replyline migrate", or start the service again.',
    without: 'What needs the new tables fails.',
  })
}

export function judgeUnusableDatabase(): Judgement {
  return problem({
    says: 'The database does not answer, so nothing else can be looked at.',
    remedy:
      'See that it runs: docs/operations.md, "The database cannot be reached". Then check again.',
    without: 'Deliveries are answered 503, and their senders come again for a while.',
  })
}

/** `parts` is what `/readyz` answered, part by part; null when it could not be read from here. */
export function judgeReadiness(parts: Readonly<Record<string, string>> | null): Judgement {
  if (parts === null)
    return unknown(
      'Whether the service works off what comes is not known: its /readyz cannot be read from here.',
      'Ask /readyz at the service itself.',
    )
  const unready = Object.entries(parts).filter(([, state]) => state !== 'ready')
  if (unready.length === 0) return fine('The service is ready: database, migrations and engine.')
  return problem({
    says: `The service is not ready: ${unready.map(([part, state]) => `${part} ${state}`).join(', ')}.`,
    remedy: 'See its log, and start it again.',
    without: 'What comes is kept, if the database can be reached, and waits.',
  })
}

const MEBIBYTE = 1024 * 1024
const LITTLE_BYTES = 1024 * MEBIBYTE
const TOO_LITTLE_BYTES = 200 * MEBIBYTE

/** Free space where the embedded database lies. */
export function judgeDisk(folder: string, freeBytes: number): Judgement {
  const free = `${Math.floor(freeBytes / MEBIBYTE).toLocaleString('en-GB')} MiB`
  const trouble = {
    says: `${folder} has ${free} left.`,
    remedy: 'Make room on this disk, or move DATA_DIR while the service is stopped.',
    without:
      'The service goes on until the disk is full. Then deliveries are refused, and lost if it takes long.',
  }
  if (freeBytes < TOO_LITTLE_BYTES) return problem(trouble)
  return freeBytes < LITTLE_BYTES ? warning(trouble) : fine(trouble.says)
}

export type WaitingWork = {
  readonly waitingFor: string | null
  readonly count: number
  /** How long the oldest of them has been there. */
  readonly oldestMs: number
}

/** What has waited too long; shorter waits are the daily business. */
export function judgeWaiting(waiting: readonly WaitingWork[]): readonly Judgement[] {
  const long = waiting.filter(({ oldestMs }) => oldestMs >= 10 * MINUTE)
  if (long.length === 0) {
    const count = waiting.reduce((sum, one) => sum + one.count, 0)
    return [fine(count === 0 ? 'No work waits.' : `${pieces(count)} of work under way.`)]
  }
  return long.map(({ waitingFor, count, oldestMs }) => {
    const trouble = {
      says: `${pieces(count)} of work ${count === 1 ? 'has' : 'have'} waited for up to ${duration(oldestMs)}: ${waitingFor ?? 'for their turn'}.`,
      remedy:
        'Put right what it waits for; it goes on by itself. "npx replyline events" names the texts and tickets.',
      without: 'Other customers are served meanwhile.',
    }
    return oldestMs >= HOUR ? problem(trouble) : warning(trouble)
  })
}

/** What failed for good and waits for a person. */
export function judgeFailing(
  failing: readonly { readonly what: string; readonly count: number }[],
): readonly Judgement[] {
  const count = failing.reduce((sum, one) => sum + one.count, 0)
  if (count === 0) return []
  return [
    warning({
      says: `${pieces(count)} of work failed and ${count === 1 ? 'waits' : 'wait'} for a person.`,
      remedy: 'See the page Problems, or "npx replyline events --failures".',
      without: 'Everything else goes on.',
    }),
  ]
}

function pieces(count: number): string {
  return count === 1 ? '1 piece' : `${count} pieces`
}

function duration(ms: number): string {
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} minutes`
  const hours = Math.floor(ms / HOUR)
  if (hours < 48) return hours === 1 ? '1 hour' : `${hours} hours`
  return `${Math.floor(hours / 24)} days`
}
