import type { Brand } from './brand.ts'

/** Ours: UUIDs. Unique in one installation; nobody parses them. */
export type BridgeId = Brand<string, 'BridgeId'>
export type ConnectionId = Brand<string, 'ConnectionId'>
export type CustomerId = Brand<string, 'CustomerId'>
export type ConversationId = Brand<string, 'ConversationId'>
export type EventId = Brand<string, 'EventId'>
export type WorkItemId = Brand<string, 'WorkItemId'>
export type EffectId = Brand<string, 'EffectId'>
export type OperatorId = Brand<string, 'OperatorId'>

/** Zendesk's: decimal digits, unique in one Zendesk account. On the wire a number or a string. */
export type TicketId = Brand<string, 'TicketId'>
export type CommentId = Brand<string, 'CommentId'>
export type ZendeskUserId = Brand<string, 'ZendeskUserId'>
export type ZendeskBrandId = Brand<string, 'ZendeskBrandId'>

/** Klaviyo's: opaque, unique in one Klaviyo account. A profile's id can vanish by a merge. */
export type ProfileId = Brand<string, 'ProfileId'>
export type KlaviyoEventId = Brand<string, 'KlaviyoEventId'>
export type KlaviyoConversationId = Brand<string, 'KlaviyoConversationId'>
export type MetricId = Brand<string, 'MetricId'>
