import type { CustomerAgent } from './customer-agent/agent.ts'
import type { AgentConversation } from './customer-agent/conversation.ts'
import type { EventStore } from './events/event-store.ts'
import type { Flow } from './flows/flow.ts'
import type { ProfileList } from './groups/profile-list.ts'
import type { Segment } from './groups/segment.ts'
import type { ProfileStore } from './profiles/profile-store.ts'

/** The channels of a conversation that replies can be sent on. Klaviyo also names `instagram`. */
export type Channel = 'sms' | 'whatsapp'

export type ConsentStatus = 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NEVER_SUBSCRIBED'

export type Consent = {
  readonly status: ConsentStatus
  /** Sandbox clock, milliseconds; null while nothing was ever said. */
  readonly changedAt: number | null
  readonly method: string | null
  /** For method TEXT the keyword that opted in. */
  readonly methodDetail: string
}

export type Profile = {
  readonly id: string
  email: string | null
  /** E.164. */
  phoneNumber: string | null
  externalId: string | null
  anonymousId: string | null
  /** The plain attributes, by their names on the wire. */
  traits: Record<TraitName, string | null>
  location: Record<string, unknown>
  properties: Record<string, unknown>
  readonly createdAt: number
  updatedAt: number
  lastEventAt: number | null
  consent: Record<Channel, Consent>
  /** The keyword of an opt-in that waits for YES. */
  pendingOptIn: string | null
  /** The latest campaign or flow message; the first text after it is attributed to it. */
  lastMarketing: { readonly messageId: string; readonly at: number } | null
}

export const TRAIT_NAMES = [
  'first_name',
  'last_name',
  'organization',
  'locale',
  'title',
  'image',
] as const

type TraitName = (typeof TRAIT_NAMES)[number]

export type Metric = {
  readonly id: string
  /** What a built-in metric means; its name follows the naming generation. Null: a custom metric. */
  readonly kind: string | null
  readonly customName: string
  /** Whose it is; two integrations' metrics of one name are two metrics. */
  readonly integration: 'klaviyo' | 'api' | 'zendesk'
  readonly createdAt: number
}

export type KlaviyoEvent = {
  readonly id: string
  readonly uuid: string
  readonly metricId: string
  readonly profileId: string
  /** Milliseconds, always a whole second. */
  readonly at: number
  readonly properties: Readonly<Record<string, unknown>>
  readonly uniqueId: string
  readonly value: number | null
}

/** One per profile and channel. */
export type Conversation = {
  readonly id: string
  readonly profileId: string
  readonly channel: Channel
  /** The number that the profile texted last on this channel. */
  brandNumber: string
  lastInboundAt: number
}

export type Webhook = {
  readonly id: string
  name: string
  description: string | null
  endpointUrl: string
  secretKey: string
  enabled: boolean
  topics: readonly string[]
  readonly createdAt: number
  updatedAt: number
}

export type SendingNumber = {
  readonly number: string
  readonly kind: 'toll_free' | 'long_code' | 'short_code' | 'alpha'
  /** The regions that campaigns and flows reach from it. */
  readonly regions: readonly string[]
}

/** A keyword that starts a flow of the account (conversational SMS). */
export type Automation = { readonly keyword: string; readonly flow: string; readonly reply: string }

export type Account = {
  /** The public API key. */
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly numbers: readonly SendingNumber[]
  readonly subscribeKeywords: readonly string[]
  readonly automations: readonly Automation[]
  readonly profiles: ProfileStore
  readonly events: EventStore
  readonly metrics: Map<string, Metric>
  readonly conversations: Map<string, Conversation>
  readonly webhooks: Map<string, Webhook>
  readonly flows: Map<string, Flow>
  readonly customerAgent: CustomerAgent
  readonly agentConversations: Map<string, AgentConversation>
  readonly segments: Map<string, Segment>
  readonly lists: Map<string, ProfileList>
  /** What Klaviyo gives to some accounts only. */
  readonly grants: { conversations: boolean; webhooks: boolean }
}
