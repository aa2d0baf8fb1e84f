import type { Account, Channel, Metric } from '../entities.ts'
import { stableId } from '../ids.ts'
import type { Switches } from '../switches/switches.ts'

type Naming = {
  readonly sms: string
  readonly 'text-message': string
}

const same = (name: string): Naming => ({ sms: name, 'text-message': name })

/**
 * Klaviyo's own message metrics in both naming generations. Mind the point of view: "Sent" is what
 * the profile sent, so it is inbound; "Received" is what we sent and they got.
 * https://help.klaviyo.com/hc/en-us/articles/360035345572
 */
const BUILT_IN_METRICS = {
  sent: { sms: 'Sent SMS', 'text-message': 'Sent Text Message' },
  received: { sms: 'Received SMS', 'text-message': 'Received Text Message' },
  clicked: { sms: 'Clicked SMS', 'text-message': 'Clicked Text Message' },
  failed: { sms: 'Failed to Deliver SMS', 'text-message': 'Failed to Deliver Text Message' },
  auto_received: {
    sms: 'Received Automated Response SMS',
    'text-message': 'Received Automated Response Text Message',
  },
  auto_failed: {
    sms: 'Failed to Deliver Automated Response SMS',
    'text-message': 'Failed to Deliver Automated Response Text Message',
  },
  subscribed: {
    sms: 'Subscribed to SMS Marketing',
    'text-message': 'Subscribed to Text Messaging Marketing',
  },
  unsubscribed: {
    sms: 'Unsubscribed from SMS Marketing',
    'text-message': 'Unsubscribed from Text Messaging Marketing',
  },
  sent_whatsapp: same('Sent WhatsApp'),
  received_whatsapp: same('Received WhatsApp'),
  auto_received_whatsapp: same('Received Automated Response WhatsApp'),
} as const satisfies Record<string, Naming>

export type BuiltInMetric = keyof typeof BUILT_IN_METRICS

/** The built-in metrics of a channel. Null: no public source names such a WhatsApp metric [?]. */
export const CHANNEL_METRICS: Readonly<
  Record<Channel, Readonly<Record<MessageMoment, BuiltInMetric | null>>>
> = {
  sms: {
    sent: 'sent',
    received: 'received',
    failed: 'failed',
    auto_received: 'auto_received',
    auto_failed: 'auto_failed',
    subscribed: 'subscribed',
    unsubscribed: 'unsubscribed',
  },
  whatsapp: {
    sent: 'sent_whatsapp',
    received: 'received_whatsapp',
    failed: null,
    auto_received: 'auto_received_whatsapp',
    auto_failed: null,
    subscribed: null,
    unsubscribed: null,
  },
}

export type MessageMoment =
  | 'sent'
  | 'received'
  | 'failed'
  | 'auto_received'
  | 'auto_failed'
  | 'subscribed'
  | 'unsubscribed'

/** Metric ids differ per account and survive a renaming [I], so the id is made of the kind. */
function builtInMetricId(accountId: string, kind: BuiltInMetric): string {
  return stableId(6, 'metric', accountId, 'klaviyo', kind)
}

export function addBuiltInMetrics(account: Account, now: number): void {
  for (const kind of Object.keys(BUILT_IN_METRICS) as BuiltInMetric[]) {
    const id = builtInMetricId(account.id, kind)
    account.metrics.set(id, { id, kind, customName: '', integration: 'klaviyo', createdAt: now })
  }
}

export function getBuiltInMetric(account: Account, kind: BuiltInMetric): Metric {
  const metric = account.metrics.get(builtInMetricId(account.id, kind))
  if (metric === undefined) throw new Error(`account ${account.id} has no metric ${kind}`)
  return metric
}

/**
 * The metric of that name, made at its first use. Two integrations' metrics of one name are two
 * metrics [I]. https://developers.klaviyo.com/en/reference/create_event
 */
export function findOrAddCustomMetric(
  account: Account,
  name: string,
  now: number,
  integration: 'api' | 'zendesk' = 'api',
): Metric {
  const id = stableId(6, 'metric', account.id, integration, name)
  const known = account.metrics.get(id)
  if (known !== undefined) return known
  const metric: Metric = { id, kind: null, customName: name, integration, createdAt: now }
  account.metrics.set(id, metric)
  return metric
}

/** The metric's present name: built-in ones follow the switch `metricNames`. */
export function nameOfMetric(metric: Metric, switches: Switches): string {
  const naming = namingOf(metric)
  return naming === null ? metric.customName : naming[switches.metricNames()]
}

/** Every name that the metric has had. */
export function namesOfMetric(metric: Metric): readonly string[] {
  const naming = namingOf(metric)
  return naming === null ? [metric.customName] : [naming.sms, naming['text-message']]
}

/**
 * Messages that went out, and links clicked in them, start no flow; what a person sent or agreed
 * to does. https://help.klaviyo.com/hc/en-us/articles/17760478970907
 */
export function startsNoFlow({ kind }: Metric): boolean {
  return kind !== null && /^(received|clicked|failed|auto_|unsubscribed)/.test(kind)
}

export function namingOf(metric: Metric): Naming | null {
  return metric.kind === null ? null : BUILT_IN_METRICS[metric.kind as BuiltInMetric]
}
