import type { SeenTicket, SeenWorld } from './account.ts'
import type { Site } from './site.ts'

/** Looks at both platforms through the control API; a ticket is read again only when it changed. */
export type Watch = {
  /** Looks now. `phones`: whose texts are read; those of the others stay as they were. */
  look(phones: readonly string[]): Promise<void>
  ticketsOf(phone: string): readonly SeenTicket[]
  textsTo(phone: string): readonly string[]
  /** Grows with all that happens on tickets and phones. */
  readonly progress: () => number
  /** Everything anew, with what Klaviyo recorded and what the service still has to do. */
  world(phones: readonly string[]): Promise<SeenWorld>
}

type Summary = {
  readonly id: number
  readonly status: string
  readonly requester: { readonly phone: string | null } | null
  readonly comment_count: number
}
type Whole = Summary & {
  readonly comments: readonly { readonly body: string; readonly public: boolean }[]
}
type Message = { readonly direction: string; readonly origin: string; readonly body: string }
type Recorded = {
  readonly profile: { readonly phone_number: string | null }
  readonly properties: { readonly Ticket_id?: unknown }
}

const AT_ONCE = 20

export function createWatch(site: Site): Watch {
  const tickets = new Map<number, { readonly version: string; readonly seen: SeenTicket }>()
  const phonesSeen = new Map<string, readonly string[]>()

  async function lookAtTicket(summary: Summary): Promise<void> {
    const version = `${summary.status} ${summary.comment_count} ${summary.requester?.phone}`
    if (tickets.get(summary.id)?.version === version) return
    const whole = (await site.control('GET', `/tickets/${summary.id}`)) as Whole
    const comments = whole.comments.map(({ body, public: isPublic }) => ({ body, isPublic }))
    const phone = whole.requester?.phone ?? null
    const seen = { id: whole.id, phone, status: whole.status, comments }
    tickets.set(summary.id, { version, seen })
  }

  async function lookAtPhone(phone: string): Promise<void> {
    const path = `/phones/${encodeURIComponent(phone)}/messages`
    const messages = (await site.control('GET', path)) as readonly Message[]
    const ours = messages.filter(
      ({ direction, origin }) => direction === 'received' && origin === 'conversation',
    )
    phonesSeen.set(
      phone,
      ours.map(({ body }) => body),
    )
  }

  async function look(phones: readonly string[]): Promise<void> {
    const summaries = (await site.control('GET', '/tickets')) as readonly Summary[]
    const living = new Set(summaries.map(({ id }) => id))
    for (const id of tickets.keys()) if (!living.has(id)) tickets.delete(id)
    await inParts(summaries, lookAtTicket)
    await inParts(phones, lookAtPhone)
  }

  const seenTickets = () => [...tickets.values()].map(({ seen }) => seen)
  /** Of these people alone: another account has tickets of the same numbers. */
  const eventsOf = async (metric: string, phones: readonly string[]) => {
    const path = `/events?metric=${encodeURIComponent(metric)}`
    const recorded = (await site.control('GET', path)) as readonly Recorded[]
    return recorded
      .filter(({ profile }) => phones.includes(profile.phone_number ?? ''))
      .map(({ properties }) => ({ metric, ticketId: String(properties.Ticket_id) }))
  }

  return {
    look,
    ticketsOf: (phone) => seenTickets().filter((ticket) => ticket.phone === phone),
    textsTo: (phone) => phonesSeen.get(phone) ?? [],
    progress: () =>
      seenTickets().reduce((sum, { comments }) => sum + comments.length, 0) +
      [...phonesSeen.values()].reduce((sum, texts) => sum + texts.length, 0),
    async world(phones) {
      tickets.clear()
      await look(phones)
      const events = [
        ...(await eventsOf('Opened Ticket', phones)),
        ...(await eventsOf('Resolved Ticket', phones)),
      ]
      const jobCount = (await site.jobCount()) ?? Number.POSITIVE_INFINITY
      return { tickets: seenTickets(), phones: phonesSeen, events, jobCount }
    },
  }
}

async function inParts<Item>(items: readonly Item[], work: (item: Item) => Promise<void>) {
  for (let start = 0; start < items.length; start += AT_ONCE)
    await Promise.all(items.slice(start, start + AT_ONCE).map(work))
}
