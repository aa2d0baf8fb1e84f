import type { EventStory, WorkStory } from '../../db/readback.ts'
import type { Decision, Decisions } from '../../sandbox/studio/host.ts'

/** What the operator API adds to each piece of work. */
type ExplainedWork = WorkStory & { readonly says: string | null; readonly remedy: string | null }
type ExplainedEvent = Omit<EventStory, 'work'> & { readonly work: readonly ExplainedWork[] }

type Api = {
  /** Where the service answers, without a slash at the end. */
  readonly serviceUrl: string
  /** A bearer token; null until one was made. */
  readonly token: () => string | null
}

const NOT_NOW =
  'Replyline does not answer right now. It records its decisions, so they will be here.'

/** Asks the service's operator API why it did what it did. It may be down: then it says so. */
export async function readDecisions(api: Api, ids: readonly string[]): Promise<Decisions> {
  const token = api.token()
  if (token === null) return { kind: 'unavailable', because: 'Replyline is still starting.' }
  try {
    const found = await Promise.all(ids.map((id) => readEvents(api.serviceUrl, token, id)))
    const events = new Map(found.flat().map((event) => [event.id, event]))
    const oldestFirst = [...events.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    const decisions = oldestFirst.flatMap((event) => toDecisions(event, api.serviceUrl))
    return { kind: 'known', decisions }
  } catch (error) {
    if (error instanceof TypeError) return { kind: 'unavailable', because: NOT_NOW }
    return { kind: 'unavailable', because: (error as Error).message }
  }
}

/** An id that no event has answers 404: the service has not heard of it yet. */
async function readEvents(
  serviceUrl: string,
  token: string,
  id: string,
): Promise<readonly ExplainedEvent[]> {
  const response = await fetch(`${serviceUrl}/api/events/${encodeURIComponent(id)}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (response.status === 404) return []
  if (!response.ok) throw new Error(`Replyline answered ${response.status} when asked about ${id}`)
  return ((await response.json()) as { events: readonly ExplainedEvent[] }).events
}

function toDecisions(event: ExplainedEvent, serviceUrl: string): readonly Decision[] {
  return event.work.map((work) => ({
    id: work.id,
    source: event.source,
    what: KINDS[event.kind] ?? event.kind,
    ticketId: event.ticketId,
    at: event.receivedAt,
    state: work.state,
    reason: work.reason,
    says: saysOf(work),
    remedy: work.remedy,
    effects: work.effects.map(({ kind, state, delivery }) => ({
      what: EFFECTS[kind] ?? kind,
      state: delivery === null ? inWords(state) : `${inWords(state)}, ${delivery}`,
    })),
    link: `${serviceUrl}/events/${event.id}`,
  }))
}

function saysOf(work: ExplainedWork): string {
  if (work.says !== null) return work.says
  if (work.waitingFor !== null) return `It waits: ${work.waitingFor}.`
  return work.error === null ? 'Not decided yet.' : `It failed: ${work.error}.`
}

function inWords(state: string): string {
  return state.replace('_', ' ')
}

const KINDS: Readonly<Record<string, string>> = {
  customer_message: 'A text from the customer',
  text_delivered: 'A text arrived on the phone',
  text_failed: 'A text failed',
  consent_given: 'Consent was given',
  consent_withdrawn: 'Consent was withdrawn',
  comment_added: 'A comment on the ticket',
  ticket_created: 'A new ticket',
  ticket_status_changed: "The ticket's status changed",
}

const EFFECTS: Readonly<Record<string, string>> = {
  ensure_end_user: 'find or make the customer in Zendesk',
  create_ticket: 'make a ticket',
  add_comment: 'add the text to the ticket',
  add_note: 'write an internal note',
  send_text: 'send a text',
  record_event: 'record an event in Klaviyo',
}
