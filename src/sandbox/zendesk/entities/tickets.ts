/** Tickets with everything that hangs on them, as on the wire: snake_case, numeric ids, times without milliseconds. */

export type Status = 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed'

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
