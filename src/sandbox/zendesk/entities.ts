import type { Breaker } from './webhooks/webhook-breaker.ts'

/** Zendesk's nouns as they stand on the wire: snake_case, numeric ids, times without milliseconds. */

export type Status = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed'
export type StatusCategory = Exclude<Status, 'closed'>
export type Role = 'end-user' | 'agent' | 'admin'

export type User = {
  id: number
  name: string
  email: string | null
  phone: string | null
  shared_phone_number: boolean | null
  role: Role
  external_id: string | null
  verified: boolean
  active: boolean
  suspended: boolean
  tags: string[]
  notes: string
  details: string
  locale: string
  time_zone: string
  organization_id: number | null
  default_group_id: number | null
  user_fields: Record<string, unknown>
  created_at: string
  updated_at: string
}

export type Identity = {
  id: number
  user_id: number
  type: 'email' | 'phone_number'
  value: string
  verified: boolean
  primary: boolean
  created_at: string
  updated_at: string
}

export type Brand = {
  id: number
  name: string
  subdomain: string
  active: boolean
  default: boolean
  created_at: string
}

export type Group = {
  id: number
  name: string
  description: string
  default: boolean
  member_ids: number[]
  created_at: string
}

export type FieldType =
  | ('subject' | 'description' | 'status' | 'tickettype' | 'priority' | 'group' | 'assignee')
  | ('text' | 'textarea' | 'checkbox' | 'date' | 'integer' | 'decimal' | 'regexp')
  | ('partialcreditcard' | 'multiselect' | 'tagger' | 'lookup')

export type TicketField = {
  id: number
  type: FieldType
  title: string
  key: string | null
  /** False for Zendesk's own fields, which tickets carry by name. */
  is_custom: boolean
  custom_field_options: { id: number; name: string; value: string }[] | null
  created_at: string
}

export type CustomStatus = {
  id: number
  status_category: StatusCategory
  agent_label: string
  end_user_label: string
  description: string
  active: boolean
  default: boolean
  created_at: string
}

export type Via = {
  channel: string
  source: { from: Record<string, unknown>; to: Record<string, unknown>; rel: string | null }
}

export type Metadata = {
  system: { client: string | null; ip_address: string | null }
  custom: Record<string, unknown>
}

export type Attachment = {
  url: string
  id: number
  file_name: string
  content_url: string
  mapped_content_url: string
  content_type: string
  size: number
  width: number | null
  height: number | null
  inline: boolean
  deleted: boolean
  malware_access_override: boolean
  malware_scan_result: string
  thumbnails: never[]
}

/** Files that no comment has yet, under the token that a comment names. */
export type Upload = { token: string; attachments: Attachment[]; expiresAt: number }

export type Comment = {
  id: number
  type: 'Comment'
  author_id: number
  body: string
  html_body: string
  plain_body: string
  public: boolean
  attachments: Attachment[]
  audit_id: number
  via: Via
  created_at: string
  metadata: Metadata
}

export type AuditEvent = { id: number; type: string } & Record<string, unknown>

export type Audit = {
  id: number
  ticket_id: number
  author_id: number
  created_at: string
  via: Via
  metadata: Metadata
  events: AuditEvent[]
}

export type CustomFieldValue = { id: number; value: unknown }

export type Ticket = {
  id: number
  external_id: string | null
  subject: string | null
  description: string
  status: Status
  custom_status_id: number | null
  priority: string | null
  type: string | null
  requester_id: number
  submitter_id: number
  assignee_id: number | null
  group_id: number | null
  organization_id: number | null
  brand_id: number
  tags: string[]
  custom_fields: CustomFieldValue[]
  via: Via
  is_public: boolean
  followup_ids: number[]
  via_followup_source_id: number | null
  satisfaction_rating: { score: string; comment?: string } | null
  created_at: string
  updated_at: string
}

/** A ticket with everything that hangs on it. Only `ticket-operations.ts` and its parts change one. */
export type TicketRecord = {
  ticket: Ticket
  comments: Comment[]
  audits: Audit[]
  /** Sandbox milliseconds of the latest change of any kind, system changes included. */
  generatedAt: number
  /** Sandbox milliseconds at which each status was last reached. */
  statusReachedAt: Partial<Record<Status, number>>
  deletedAt: number | null
  /** Who deleted it; Zendesk's own id for its rules. */
  deletedBy: number | null
}

export type RuleCondition = { field: string; operator: string; value: unknown }
export type RuleAction = { field: string; value: unknown }

export type Rule = {
  id: number
  title: string
  description: string | null
  active: boolean
  position: number
  conditions: { all: RuleCondition[]; any: RuleCondition[] }
  actions: RuleAction[]
  created_at: string
  updated_at: string
}

/** A view keeps no actions; the empty list makes it a rule like the others. */
export type View = Rule & {
  output: Record<string, unknown>
  restriction: unknown
}

export type Macro = { id: number; title: string; active: boolean; actions: RuleAction[] }

export type Webhook = {
  id: string
  name: string
  description: string | null
  endpoint: string
  http_method: string
  request_format: string
  status: 'active' | 'inactive'
  subscriptions: string[]
  authentication: Record<string, unknown> | null
  custom_headers: Record<string, string> | null
  created_at: string
  created_by: string
  updated_at: string
  updated_by: string
}

export type Invocation = {
  id: string
  webhook_id: string
  event_type: string
  status: string
  created_at: string
  latest_completed_at: string | null
  /** What Zendesk returns of each attempt: the full request and response. */
  attempts: Record<string, unknown>[]
}

export type WebhookRecord = {
  webhook: Webhook
  secret: string
  invocations: Invocation[]
  breaker: Breaker
}

export type OauthToken = {
  id: number
  token: string
  user_id: number
  scopes: string[]
  created_at: string
  /** Sandbox milliseconds; null never expires. */
  expiresAt: number | null
  /** Null: seeded for scripts, not given to an OAuth client. */
  clientId: number | null
  /** Null for `client_credentials`. */
  refresh: { readonly token: string; readonly expiresAt: number } | null
}

/** A secret of the account that lets any of its staff be named. Nobody can make new ones. */
export type ApiToken = {
  readonly id: number
  readonly token: string
  /** Sandbox milliseconds. */
  lastUsedAt: number
}

/** What a trigger sent to somebody, as `GET /control/emails` shows it. */
export type SentEmail = {
  to: string
  subject: string
  body: string
  ticketId: number
  rule: string
  at: string
}
