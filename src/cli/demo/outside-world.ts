import { setTimeout as delay } from 'node:timers/promises'

/** What the demo sees and does, through the sandbox's control API alone: it looks, it does not trust. */
export type OutsideWorld = ReturnType<typeof createOutsideWorld>

export type PhoneMessage = {
  readonly direction: 'sent' | 'received'
  readonly from: string
  readonly to: string
  readonly body: string
  readonly origin: string
}

export type SeenComment = {
  readonly id: number
  readonly author: { readonly name: string; readonly email: string | null; readonly role: string }
  readonly body: string
  readonly public: boolean
}

export type SeenTicket = {
  readonly id: number
  readonly subject: string
  readonly status: string
  readonly tags: readonly string[]
  readonly brand: string
  readonly external_id: string | null
  readonly assignee: { readonly email: string | null } | null
  readonly requester: {
    readonly id: number
    readonly name: string
    readonly email: string | null
    readonly phone: string | null
  }
  readonly comments: readonly SeenComment[]
}

export type SeenEvent = {
  readonly metric: string
  readonly profileId: string
  readonly profile: { readonly email: string | null; readonly phone_number: string | null }
  readonly properties: Readonly<Record<string, unknown>>
  readonly unique_id: string | null
}

const DEADLINE_MS = 20_000
const POLL_MS = 50

export function createOutsideWorld(controlUrl: string) {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${controlUrl}/control${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!response.ok)
      throw new Error(
        `the sandbox answered ${response.status} to ${method} ${path}: ${await response.text()}`,
      )
    return (await response.json()) as Answer
  }
  const at = encodeURIComponent

  return {
    texts: (from: string, to: string, body: string) =>
      call<{ eventId: string; profileId: string }>('POST', `/phones/${at(from)}/messages`, {
        to,
        body,
      }),
    phone: (number: string) =>
      call<readonly PhoneMessage[]>('GET', `/phones/${at(number)}/messages`),
    tickets: () => call<readonly { id: number }[]>('GET', '/tickets'),
    ticket: (id: number) => call<SeenTicket>('GET', `/tickets/${id}`),
    mailsIn: (subject: string, body: string, requesterEmail: string) =>
      call<{ id: number }>('POST', '/tickets', { subject, body, requesterEmail }),
    comments: (
      id: number,
      comment: { agentEmail: string; body: string; public: boolean; html?: string },
    ) => call<{ commentId: number }>('POST', `/tickets/${id}/comments`, comment),
    setsStatus: (id: number, status: string) =>
      call<unknown>('POST', `/tickets/${id}/status`, { status, agentEmail: 'agent@example.com' }),
    events: (metric: string) => call<readonly SeenEvent[]>('GET', `/events?metric=${at(metric)}`),
    resets: () => call<unknown>('POST', '/reset'),
    advancesClock: (advanceMs: number) => call<unknown>('POST', '/clock', { advanceMs }),
  }
}

/** Looks again and again until `look` gives something, or the time is over; then says what was awaited. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const until = performance.now() + deadlineMs
  for (;;) {
    const seen = await look()
    if (seen !== null && seen !== undefined && seen !== false) return seen
    if (performance.now() > until)
      throw new Error(`it did not happen within ${deadlineMs / 1000} s: ${what}`)
    await delay(POLL_MS)
  }
}

export function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(`it is not so: ${what}`)
}
