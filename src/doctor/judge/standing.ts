import { type Instant, MINUTE } from '../../kernel/instant.ts'
import { fine, type Judgement, problem, unknown, warning } from './judgement.ts'

const WAITS = 'What is for it is kept and waits, in order.'

/** Whether an account is called at all; `stands` says why not, in a sentence. */
export function judgeStanding(
  platform: string,
  stands: { readonly why: 'paused' | 'down'; readonly says: string } | null,
): Judgement {
  if (stands === null) return fine(`${platform} is called, and not paused.`)
  if (stands.why === 'paused')
    return warning({
      says: stands.says,
      remedy: `Resume it on the page Connections, or with "npx replyline resume ${platform.toLowerCase()}", as soon as it may be called again.`,
      without: WAITS,
    })
  return problem({
    says: stands.says,
    remedy: `See ${platform}'s status page, and the finding whether it can be reached. It is asked again by itself, every half minute at least.`,
    without: WAITS,
  })
}

/** How far an account's own feed was read, by which what webhooks lost is found. */
export type FeedFacts = {
  readonly readUntil: Instant
  /** Why the last read failed. */
  readonly problem: string | null
  /** Events that no webhook had brought. */
  readonly found: number
}

const LATE_MS = 10 * MINUTE

export function judgeFeed(platform: string, feed: FeedFacts | null, now: Instant): Judgement {
  if (feed === null)
    return unknown(
      `${platform}'s own feed was not read yet, which begins within a minute of a completed set-up.`,
      'Start the service, and check again in a minute.',
    )
  const isLate = now - feed.readUntil > LATE_MS
  const until = new Date(feed.readUntil).toISOString()
  if (!isLate && feed.problem === null)
    return fine(`${platform}'s own feed was read until ${until}. ${foundWords(feed.found)}`)
  const trouble = {
    says:
      feed.problem === null
        ? `${platform}'s own feed was not read since ${until}.`
        : `${platform}'s own feed could not be read since ${until}: ${feed.problem}.`,
    remedy:
      feed.problem === null
        ? 'See that the service runs; it reads once a minute.'
        : 'Put right what the sentence names; it is read again by itself, from where it stopped.',
    without: 'Webhooks are taken as ever. What they lose is not found until then.',
  }
  return isLate ? problem(trouble) : warning(trouble)
}

function foundWords(found: number): string {
  if (found === 0) return 'Every event in it had come by webhook.'
  const what = found === 1 ? '1 event in it had' : `${found} events in it had`
  return `${what} not come by webhook, and ${found === 1 ? 'was' : 'were'} taken in.`
}
