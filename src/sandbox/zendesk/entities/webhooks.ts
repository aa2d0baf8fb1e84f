import type { Breaker } from '../webhooks/webhook-breaker.ts'

/** Who is told of it, as on the wire: snake_case, numeric ids, times without milliseconds. */

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
