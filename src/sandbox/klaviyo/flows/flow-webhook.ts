import type { WebhookSender } from '../../core/webhook-sender.ts'
import type { Flow, WebhookMessage } from './flow.ts'
import { renderTemplate, type TemplateWorld } from './template.ts'

/** "429, 500, 502 and 503 are retried up to 17 times over 24 hours"; others are skipped [V3]. */
const RETRIED = [429, 500, 502, 503]
const MOST_RETRIES = 17
const FIRST_WAIT_MS = 10_000
/** With these waits the seventeenth retry comes just before 24 hours. */
const LONGEST_WAIT_MS = 3 * 3_600_000

/**
 * Sends what a webhook action says. It is not signed; only the flow's id tells where it is from.
 * https://help.klaviyo.com/hc/en-us/articles/4534329515931
 */
export function sendFlowWebhook(
  sender: WebhookSender,
  flow: Flow,
  message: WebhookMessage,
  world: TemplateWorld,
  escapeText: (value: string) => string,
): void {
  const render = (template: string) => renderTemplate(template, world, escapeText)
  const own = Object.entries(message.headers).map(([name, value]) => [name, render(value)])
  const headers = {
    'Content-Type': 'application/json',
    ...Object.fromEntries(own),
    'X-Klaviyo-Flow-ID': flow.id,
  }
  sender.enqueue({
    endpoint: render(message.url),
    body: render(message.body),
    headers: () => headers,
    retry: (attempt, status) => {
      // No answer at all is taken for one that is worth a retry [I].
      const isRetried = status === null || RETRIED.includes(status)
      if (!isRetried || attempt > MOST_RETRIES) return null
      return Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS)
    },
  })
}
