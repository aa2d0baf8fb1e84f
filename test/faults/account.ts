import { type Arrival, inversions } from './order.ts'

/*
 * The account of a run: what was put into the world, held against what both platforms hold at the end.
 *
 * Every message carries a key with its phone and its number: `t-3-12` is the twelfth text of phone 3, `r-3-4`
 * the fourth reply to it, `c-…` a campaign's text. Nothing here asks the service; its own word is not taken.
 */

/** What was put into the world for one phone, keys in the order in which they were written. */
export type SentPhone = {
  readonly phone: string
  readonly texts: readonly string[]
  readonly replies: readonly string[]
  /** Tickets that there must be: one until each close. */
  readonly ticketCount: number
}

export type SeenTicket = {
  readonly id: number
  readonly phone: string | null
  readonly status: string
  readonly comments: readonly { readonly body: string; readonly isPublic: boolean }[]
}

/** What both platforms hold. */
export type SeenWorld = {
  readonly tickets: readonly SeenTicket[]
  /** Phone → what Replyline's texts to it say, in the order of arrival. */
  readonly phones: ReadonlyMap<string, readonly string[]>
  readonly events: readonly { readonly metric: string; readonly ticketId: string }[]
  /** Jobs of the service that wait or run. */
  readonly jobCount: number
}

/** Each entry is a sentence; none is what must be. */
export type Findings = {
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  readonly outOfOrder: readonly string[]
  readonly stuck: readonly string[]
  readonly untold: readonly string[]
  /** Replies that did not arrive, and whose agent was told so. */
  readonly told: readonly string[]
}

const KEY = /\b[trc]-\d+-\d+\b/
const TELLS = /not known whether|was not sent|did not reach/

export function keyOf(body: string): string | null {
  return KEY.exec(body)?.[0] ?? null
}

export function takeAccount(
  sent: readonly SentPhone[],
  world: SeenWorld,
  arrivals: ReadonlyMap<string, Arrival>,
): Findings {
  const each = sent.map((one) => accountOf(one, world, arrivals))
  const all = (name: keyof Findings) => each.flatMap((one) => one[name])
  const { jobCount } = world
  return {
    lost: all('lost'),
    doubled: [...all('doubled'), ...strays(sent, world)],
    outOfOrder: all('outOfOrder'),
    stuck: jobCount === 0 ? [] : [`${jobCount} jobs are not finished`],
    untold: all('untold'),
    told: all('told'),
  }
}

function accountOf(
  sent: SentPhone,
  world: SeenWorld,
  arrivals: ReadonlyMap<string, Arrival>,
): Findings {
  const tickets = world.tickets
    .filter(({ phone }) => phone === sent.phone)
    .toSorted((one, other) => one.id - other.id)
  const comments = tickets.flatMap((ticket) => ticket.comments)
  const onTickets = keysOf(comments.filter(({ isPublic }) => isPublic)).filter(isText)
  const onPhone = keysOf((world.phones.get(sent.phone) ?? []).map((body) => ({ body })))
  const tells = comments.filter(({ body, isPublic }) => !isPublic && TELLS.test(body))
  const missing = sent.replies.filter((key) => !onPhone.includes(key))
  const tellOf = (key: string) => tells.find(({ body }) => keyOf(body) === key)?.body ?? null
  const events = tickets.flatMap((ticket) => eventsOf(ticket, world))
  return {
    lost: [
      ...sent.texts
        .filter((key) => !onTickets.includes(key))
        .map((key) => `${key} is on no ticket`),
      ...events.filter(({ count }) => count === 0).map(({ what }) => `${what} is missing`),
    ],
    doubled: [
      ...repeated(onTickets).map((key) => `${key} stands twice on tickets`),
      ...repeated(onPhone).map((key) => `${key} came twice to ${sent.phone}`),
      ...repeated(tells.map(({ body }) => body)).map((body) => `told twice: ${body}`),
      ...tooMany(sent, tickets),
      ...events.filter(({ count }) => count > 1).map(({ what }) => `${what} is there twice`),
    ],
    outOfOrder: [
      ...inversions(onTickets, sent.texts, arrivals),
      ...inversions(onPhone, sent.replies, arrivals),
    ],
    stuck: [],
    untold: missing
      .filter((key) => tellOf(key) === null)
      .map((key) => `${key}: no text, and nobody told`),
    told: missing.flatMap((key) => tellOf(key) ?? []),
  }
}

function keysOf(messages: readonly { readonly body: string }[]): readonly string[] {
  return messages.flatMap(({ body }) => keyOf(body) ?? [])
}

const isText = (key: string) => key.startsWith('t-')

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
}

/** A ticket that only tells of a text on a closed one is no double. */
function tooMany(sent: SentPhone, tickets: readonly SeenTicket[]): readonly string[] {
  const ofTexts = tickets.filter(({ comments }) => keysOf(comments).some(isText))
  const surplus = ofTexts.length - sent.ticketCount
  return surplus > 0 ? [`${sent.phone} has ${surplus} tickets too many`] : []
}

function eventsOf({ id, status }: SeenTicket, { events }: SeenWorld) {
  const wanted = ['Opened Ticket', ...(status === 'closed' ? ['Resolved Ticket'] : [])]
  return wanted.map((metric) => ({
    what: `${metric} of #${id}`,
    count: events.filter((one) => one.metric === metric && one.ticketId === String(id)).length,
  }))
}

/** A key where it does not belong: a neighbour's, or a campaign's on a ticket. */
function strays(sent: readonly SentPhone[], { tickets }: SeenWorld): readonly string[] {
  const whose = new Map(sent.flatMap(({ phone, texts }) => texts.map((key) => [key, phone])))
  return tickets.flatMap(({ id, phone, comments }) =>
    keysOf(comments)
      .filter((key) => key.startsWith('c-') || (isText(key) && whose.get(key) !== phone))
      .map((key) => `${key} stands on #${id}, where it does not belong`),
  )
}
