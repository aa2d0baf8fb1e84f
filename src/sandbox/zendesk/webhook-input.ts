import type { Webhook } from './entities.ts'
import { jsonApiError, notEmulated, type Problem } from './errors.ts'
import { asFields, asList, asText, type Fields } from './wire.ts'

/** What a caller may say about a webhook. */
export type WebhookInput = Pick<
  Webhook,
  | 'name'
  | 'description'
  | 'endpoint'
  | 'http_method'
  | 'request_format'
  | 'status'
  | 'subscriptions'
  | 'authentication'
  | 'custom_headers'
>

const EVENT_TYPE = /^zen:event-type:[a-z_]+\.[a-z_]+$/

/**
 * Reads a new webhook, or a change of `known`. Only webhooks that subscribe to events are emulated.
 * The shape of the refusals is recorded, their words are not.
 */
export function readWebhook(body: unknown, known: Webhook | null): WebhookInput | Problem {
  const given = asFields(body)
  const input: WebhookInput = {
    name: asText(given.name) ?? known?.name ?? '',
    description: asText(given.description) ?? known?.description ?? null,
    endpoint: asText(given.endpoint) ?? known?.endpoint ?? '',
    http_method: asText(given.http_method) ?? known?.http_method ?? '',
    request_format: asText(given.request_format) ?? known?.request_format ?? '',
    status: given.status === undefined ? (known?.status ?? 'active') : readStatus(given.status),
    subscriptions: readSubscriptions(given, known),
    authentication: readObject(given, 'authentication', known?.authentication),
    custom_headers: readHeaders(given, known),
  }
  return refuses(input) ?? input
}

export function webhookNotFound(): Problem {
  const problem = jsonApiError('WebhookNotFound', 'Not Found', 'Webhook not found')
  return { ...problem, status: 404 }
}

function refuses({ name, endpoint, http_method, request_format, subscriptions }: WebhookInput) {
  if (name === '') return invalid('name is required')
  if (!URL.canParse(endpoint)) return invalid('endpoint is not a valid address')
  const { protocol, hostname } = new URL(endpoint)
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  if (protocol !== 'https:' && !isLoopback) return invalid('endpoint must use https')
  if (subscriptions.includes('conditional_ticket_events') || subscriptions.length === 0) {
    return subscriptions.length > 1
      ? invalid('conditional_ticket_events cannot be combined with events')
      : notEmulated('webhooks that triggers and automations call')
  }
  const unknown = subscriptions.find((type) => !EVENT_TYPE.test(type))
  if (unknown !== undefined) return invalid(`${unknown} is not an event type`)
  const isPostJson = http_method === 'POST' && request_format === 'json'
  return isPostJson ? null : invalid('events need the method POST and the format json')
}

function invalid(detail: string): Problem {
  return jsonApiError('InvalidWebhook', 'Invalid webhook', detail)
}

function readStatus(value: unknown): 'active' | 'inactive' {
  return value === 'inactive' ? 'inactive' : 'active'
}

function readSubscriptions(given: Fields, known: Webhook | null): string[] {
  if (given.subscriptions === undefined) return known?.subscriptions ?? []
  return asList(given.subscriptions).map(String)
}

function readObject(given: Fields, name: string, known: Fields | null | undefined): Fields | null {
  if (given[name] === undefined) return known ?? null
  return given[name] === null ? null : asFields(given[name])
}

function readHeaders(given: Fields, known: Webhook | null): Record<string, string> | null {
  const headers = readObject(given, 'custom_headers', known?.custom_headers)
  if (headers === null) return null
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
