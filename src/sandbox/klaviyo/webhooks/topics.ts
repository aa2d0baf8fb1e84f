import type { Account, Metric } from '../entities.ts'
import { namingOf } from '../events/metrics.ts'
import type { Switches } from '../switches/switches.ts'

/**
 * The webhook topic of a metric's events: `event:<integration>.<slug>`, or null where none exists.
 * https://developers.klaviyo.com/en/reference/webhooks_api_overview
 */
export function topicOf(metric: Metric, switches: Switches): string | null {
  const naming = namingOf(metric)
  if (naming === null) return customTopic(metric)
  const isWhatsapp = metric.kind?.endsWith('_whatsapp') ?? false
  if (isWhatsapp && switches.whatsappTopics() === 'off') return null
  return `event:klaviyo.${slug(naming[switches.topicSlugs()])}`
}

export function listTopics(account: Account, switches: Switches): string[] {
  const topics = [...account.metrics.values()].map((metric) => topicOf(metric, switches))
  return [...new Set(topics.filter((topic) => topic !== null))]
}

/**
 * Whether a webhook that was made for `subscribed` gets the events of a metric. A topic goes on
 * working when the slugs change their generation [I].
 */
export function isTopicOf(metric: Metric, subscribed: readonly string[]): boolean {
  const naming = namingOf(metric)
  if (naming === null) return subscribed.includes(customTopic(metric))
  return [naming.sms, naming['text-message']].some((name) =>
    subscribed.includes(`event:klaviyo.${slug(name)}`),
  )
}

function customTopic({ integration, customName }: Metric): string {
  return `event:${integration}.${slug(customName)}`
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
}
