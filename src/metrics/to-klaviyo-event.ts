import { HOUR, type Instant, toIso } from '../kernel/instant.ts'
import type { TicketFacts } from './ticket-facts.ts'

/** Names of the native integration; live accounts have flows and segments that expect them. */
const METRIC_NAMES = { opened: 'Opened Ticket', resolved: 'Resolved Ticket' } as const
export type TicketMetric = keyof typeof METRIC_NAMES

/** Whom Klaviyo is to file the event under; the first identifier known, most certain first. */
export type EventProfile =
  | { readonly id: string }
  | { readonly email: string; readonly phoneNumber?: string }
  | { readonly phoneNumber: string }

/** Records a ticket metric in Klaviyo. Handle: `uniqueId`, so it may be sent again safely. */
export type RecordEvent = {
  readonly kind: 'record_event'
  readonly metric: string
  readonly profile: EventProfile
  readonly properties: Readonly<Record<string, unknown>>
  /** ISO 8601; Klaviyo keeps whole seconds. */
  readonly time: string
  readonly uniqueId: string
  /** True for one found so late that no flow should start because of it. */
  readonly backfill: boolean
}

/** An event older than this when it is recorded is history. */
const LIVE_MS = 4 * HOUR

const UNIQUE_SUFFIX: Record<TicketMetric, string> = { opened: 'opened', resolved: 'closed' }

/**
 * The Klaviyo event of a ticket metric, with the fourteen native properties (N52-N65). `uniqueId`
 * names account, ticket and transition only, so that reinstall, replay and late webhooks never double.
 * https://help.klaviyo.com/hc/en-us/articles/115005253728
 */
export function toKlaviyoEvent(
  metric: TicketMetric,
  facts: TicketFacts,
  profile: EventProfile,
  when: { readonly at: Instant; readonly now: Instant },
  account: string,
): RecordEvent {
  return {
    kind: 'record_event',
    metric: METRIC_NAMES[metric],
    profile,
    properties: nativeProperties(facts),
    time: toIso(when.at),
    uniqueId: `${account}:${facts.id}:${UNIQUE_SUFFIX[metric]}`,
    backfill: when.now - when.at > LIVE_MS,
  }
}

/** The profile a ticket's events belong to; null when nothing names one. */
export function eventProfile(facts: TicketFacts): EventProfile | null {
  const { conversation, requester } = facts
  if (conversation?.profileId) return { id: conversation.profileId }
  if (requester.email !== null) return { email: requester.email }
  if (requester.phone !== null) return { phoneNumber: requester.phone }
  return null
}

function nativeProperties(facts: TicketFacts): Record<string, unknown> {
  return {
    Assignee_email: facts.assignee?.email ?? null,
    Assignee_name: facts.assignee?.name ?? null,
    Channel: facts.conversation?.channel ?? facts.viaChannel,
    Description: facts.description,
    Fields: facts.fields,
    Group_name: facts.groupName,
    Priority: facts.priority,
    Subject: facts.subject,
    Tags: facts.tags,
    Ticket_id: facts.id,
    Type: facts.type,
    Via: facts.viaSource ?? facts.viaChannel,
    Zendesk_url: facts.agentUrl,
    Status: facts.status,
  }
}
