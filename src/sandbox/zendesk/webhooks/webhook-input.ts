import { jsonApiError, notEmulated, type Problem } from '../api/errors.ts'
import { asFields, asList, asText, type Fields } from '../api/wire.ts'
import type { Webhook } from '../entities/webhooks.ts'
import { RULE_EVENTS } from './webhook-delivery.ts'

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
 * Reads a new webhook, or a change of `known`. The shape of the refusals is recorded, their words are not.
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
  return refuses(input) ?? refusesChange(given, input, known) ?? input
}

export function webhookNotFound(): Problem {
  const problem = jsonApiError('WebhookNotFound', 'Not Found', 'Webhook not found')
  return { ...problem, status: 404 }
}

function refuses(input: WebhookInput): Problem | null {
  const { name, endpoint, http_method, request_format, subscriptions } = input
  if (name === '') return invalid('name is required')
  if (!URL.canParse(endpoint)) return invalid('endpoint is not a valid address')
  const { protocol, hostname } = new URL(endpoint)
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  if (protocol !== 'https:' && !isLoopback) return invalid('endpoint must use https')
  if (subscriptions.includes(RULE_EVENTS)) return refusesRuleWebhook(input)
  const unknown = subscriptions.find((type) => !EVENT_TYPE.test(type))
  if (unknown !== undefined) return invalid(`${unknown} is not an event type`)
  if (subscriptions.length === 0) return invalid('subscriptions must name an event')
  const isPostJson = http_method === 'POST' && request_format === 'json'
  return isPostJson ? null : invalid('events need the method POST and the format json')
}

/** How a webhook is connected stays as it was made [V]. */
function refusesChange(given: Fields, input: WebhookInput, known: Webhook | null): Problem | null {
  const isKnownStatus = ['active', 'inactive', undefined].includes(
    asText(given.status) ?? undefined,
  )
  if (!isKnownStatus) return invalid('status is active or inactive')
  const isOfRules = input.subscriptions.includes(RULE_EVENTS)
  const stays = known === null || known.subscriptions.includes(RULE_EVENTS) === isOfRules
  return stays ? null : invalid('a webhook of events cannot become one of rules, or the other way')
}

/** For rules other methods and formats are allowed; the sandbox sends only JSON by POST. */
function refusesRuleWebhook({ subscriptions, http_method, request_format }: WebhookInput) {
  if (subscriptions.length > 1) return invalid(`${RULE_EVENTS} cannot be combined with events`)
  const isPostJson = http_method === 'POST' && request_format === 'json'
  return isPostJson ? null : notEmulated(`webhooks that send ${request_format} by ${http_method}`)
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
