import type { RetryPolicy } from '../../core/webhook-sender.ts'
import type { ZendeskDoubts } from '../doubts.ts'

const MOST_RETRIES = 3
const MOST_RETRIES_AFTER_TIMEOUT = 5
const LONGEST_RETRY_AFTER_S = 60
/** Our choice: Zendesk does not say how long it waits. Each wait is twice the one before. */
const FIRST_RETRY_MS = 1_000

/**
 * Which answers are tried again: 409, and 429 or 503 with a Retry-After below 60 s, up to three
 * times; no answer at all up to five. From memory [M]; the page only says "certain codes".
 * https://developer.zendesk.com/documentation/webhooks/
 */
export function retryPolicy(doubts: ZendeskDoubts): RetryPolicy {
  return (attempt, status, retryAfter) => {
    const most = status === null ? MOST_RETRIES_AFTER_TIMEOUT : MOST_RETRIES
    if (attempt > most) return null
    const backOffMs = FIRST_RETRY_MS * 2 ** (attempt - 1)
    if (status === null || status === 409) return backOffMs
    if (status !== 429 && status !== 503) return null
    return retryAfter === null ? withoutRetryAfter(backOffMs) : waitAsTold(retryAfter)
  }

  function withoutRetryAfter(backOffMs: number): number | null {
    return doubts.retriesWithoutRetryAfter() === 'on' ? backOffMs : null
  }
}

function waitAsTold(retryAfter: string): number | null {
  const seconds = Number(retryAfter)
  return seconds >= 0 && seconds < LONGEST_RETRY_AFTER_S ? seconds * 1_000 : null
}
