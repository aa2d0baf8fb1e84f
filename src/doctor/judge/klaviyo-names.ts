import { METRIC_NAMES } from '../../klaviyo/metric-names.ts'
import type { KlaviyoMetric } from '../../klaviyo/metrics.ts'
import { type KlaviyoEventMeaning, meaningOf } from '../../klaviyo/webhook/event-types.ts'
import { fine, type Judgement, problem, warning } from './judgement.ts'

type Part = { readonly what: string; readonly cost: string }

/** What is lost while Klaviyo has no name for it. */
const PARTS: Readonly<Record<KlaviyoEventMeaning, Part>> = {
  customer_message: {
    what: 'texts by customers',
    cost: 'No text becomes a ticket.',
  },
  message_delivered: {
    what: 'texts that arrived',
    cost: 'That an answer arrived is not known, and one whose call was cut off stays unknown.',
  },
  message_failed: {
    what: 'texts that failed',
    cost: 'The agent is not told that an answer did not arrive.',
  },
  auto_response_delivered: {
    what: 'automatic responses',
    cost: 'Automatic responses are not seen; nothing else changes.',
  },
  consent_given: {
    what: 'consent given',
    cost: 'A text like YES is taken for a request, not for a keyword.',
  },
  consent_withdrawn: {
    what: 'consent withdrawn',
    cost: 'An agent is not told that the customer opted out.',
  },
}
const MEANINGS = Object.keys(PARTS) as readonly KlaviyoEventMeaning[]

/** Klaviyo's own metrics for texts, not those of other integrations. WhatsApp has no generations. */
export function textMetrics(metrics: readonly KlaviyoMetric[]): readonly KlaviyoMetric[] {
  return metrics.filter(
    ({ name, integration }) =>
      integration?.toLowerCase() === 'klaviyo' &&
      Object.values(METRIC_NAMES).flat().includes(name) &&
      !/whatsapp/i.test(name),
  )
}

/** Which generation of names the account's metrics have, and which of those we know it lacks. */
export function judgeMetricNames(metrics: readonly KlaviyoMetric[]): readonly Judgement[] {
  const names = textMetrics(metrics).map(({ name }) => name)
  if (names.length === 0)
    return [
      problem({
        says: 'The account has no metric for text messages under any name that Replyline knows.',
        remedy:
          'Set up text messaging in Klaviyo. If it is set up, report the names of its metrics: they were renamed once already.',
        without: PARTS.customer_message.cost,
      }),
    ]
  return [fine(generationWords(names)), ...absent(names, 'no metric yet')]
}

function generationWords(names: readonly string[]): string {
  const newer = names.filter((name) => /text messag/i.test(name))
  const example = (found: readonly string[]) =>
    found.find((name) => meaningOf(name)?.meaning === 'customer_message') ?? found[0]
  const older = names.filter((name) => !newer.includes(name))
  if (older.length === 0)
    return `Metrics have the newer names, since July 2026 (like "${example(newer)}").`
  if (newer.length === 0)
    return `Metrics have the older names, from before July 2026 (like "${example(older)}").`
  return `Metrics of both generations are there: "${example(older)}" and "${example(newer)}". Both are read.`
}

/** The topics by which webhooks bring texts, their outcomes and changes of consent. */
export function judgeTopics(topics: readonly string[]): readonly Judgement[] {
  const wanted = topics.filter((topic) => meaningOf(topic) !== null)
  const found = absent(wanted, 'no webhook topic')
  return found.length === 0
    ? [fine(`All ${MEANINGS.length} kinds of webhook topics are there (${wanted.join(', ')}).`)]
    : found
}

function absent(names: readonly string[], lacks: string): readonly Judgement[] {
  const there = new Set(names.map((name) => meaningOf(name)?.meaning))
  return MEANINGS.filter((meaning) => !there.has(meaning)).map((meaning) => {
    const { what, cost } = PARTS[meaning]
    const trouble = {
      says: `Klaviyo has ${lacks} for ${what}.`,
      remedy:
        'It may come with its first event: cause one, then check again. If it does not, ask Klaviyo whether text messaging is fully set up.',
      without: cost,
    }
    const isDeadly = meaning === 'customer_message' && lacks === 'no webhook topic'
    return isDeadly ? problem(trouble) : warning(trouble)
  })
}
