import type { Instant } from '../../kernel/instant.ts'
import { toIso } from '../../kernel/instant.ts'
import { fine, type Judgement, unknown, warning } from './judgement.ts'

export type DeliveryFacts = {
  readonly platform: 'Zendesk' | 'Klaviyo'
  /** When the last delivery was taken in; null when none ever was. */
  readonly lastAt: Instant | null
  /** When things happened at the platform in the last day that should have come, and did not. */
  readonly missedAt: readonly Instant[]
}

const NOUNS = { Zendesk: ['new ticket', 'new tickets'], Klaviyo: ['text', 'texts'] } as const

/** Whether what happens at the platform comes here. */
export function judgeDeliveries({ platform, lastAt, missedAt }: DeliveryFacts): Judgement {
  const last =
    lastAt === null
      ? 'Nothing has come from it yet.'
      : `The last delivery came at ${toIso(lastAt)}.`
  if (missedAt.length > 0) {
    const [one, many] = NOUNS[platform]
    const newest = toIso(Math.max(...missedAt) as Instant)
    return warning({
      says: `${platform} has ${missedAt.length} ${missedAt.length === 1 ? one : many} of the last day that never came here, the newest of ${newest}. ${last}`,
      remedy: `See whether the webhook and the address above are in order. Then look at these in ${platform}: they do not come by themselves.`,
      without: 'What does come is handled as always.',
    })
  }
  if (lastAt !== null) return fine(`${last} Nothing of the last day is missing.`)
  return unknown(
    `${last} Nothing that should have come has happened there either.`,
    platform === 'Klaviyo' ? 'Text one of your numbers.' : 'Make a ticket in Zendesk.',
  )
}
