import {
  createOutsideWorld,
  type OutsideWorld,
  type SeenTicket,
} from '../../src/cli/demo/outside-world.ts'

/** One of two sandboxes in which the same moves are played. */
export type Side = { readonly controlUrl: string; readonly world: OutsideWorld }

export type Person = { readonly phone: string | null; readonly email: string | null }

/** What both platforms hold of one person, a line for each thing, to be compared word by word. */
export type View = Readonly<Record<string, string>>

type SeenEvent = {
  readonly metric: string
  readonly integration: string
  readonly profile: { readonly email: string | null; readonly phone_number: string | null }
  readonly properties: Readonly<Record<string, unknown>>
}

type SeenProfile = {
  readonly subscriptions: { readonly sms: { readonly marketing: { readonly consent: string } } }
}

const LAST_SEEDED = 1000
const METRICS = ['Opened Ticket', 'Resolved Ticket'] as const

export function sideAt(controlUrl: string): Side {
  return { controlUrl, world: createOutsideWorld(controlUrl) }
}

/** Calls the control API of a side; a refusal fails the test. */
export async function control<Answer>(
  { controlUrl }: Side,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await fetch(`${controlUrl}/control${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

/** The person's tickets, oldest first; seeded ones are left out. */
export async function ticketsOf({ world }: Side, person: Person): Promise<readonly SeenTicket[]> {
  const made = (await world.tickets()).filter(({ id }) => id > LAST_SEEDED)
  const all = await Promise.all(made.map(({ id }) => world.ticket(id)))
  return all.filter(({ requester }) => isPerson(person, requester)).sort((a, b) => a.id - b.id)
}

/** What is held of the person now. */
export async function viewOf(side: Side, person: Person): Promise<View> {
  const tickets = await ticketsOf(side, person)
  const lines: Record<string, string> = { tickets: String(tickets.length) }
  tickets.forEach((ticket, index) => {
    Object.assign(lines, ticketLines(`ticket ${index + 1}`, ticket))
  })
  if (person.phone !== null) Object.assign(lines, await phoneLines(side, person.phone))
  for (const metric of METRICS) Object.assign(lines, await eventLines(side, person, metric))
  return lines
}

function ticketLines(name: string, ticket: SeenTicket): View {
  const { comments, tags } = ticket
  const publicOnes = comments.filter((comment) => comment.public)
  return {
    [`${name}: status`]: ticket.status,
    [`${name}: subject`]: ticket.subject ?? 'none',
    [`${name}: brand`]: ticket.brand,
    [`${name}: tags`]: [...tags].sort().join(', '),
    [`${name}: first comment`]: publicOnes[0]?.body ?? 'none',
    [`${name}: public comments`]: publicOnes
      .map(({ author, body }) => `${author.role}: ${body}`)
      .join(' | '),
    [`${name}: internal notes`]: String(comments.length - publicOnes.length),
  }
}

async function phoneLines(side: Side, phone: string): Promise<View> {
  const path = `/profiles/${encodeURIComponent(phone)}`
  const { subscriptions } = await control<SeenProfile>(side, 'GET', path)
  const received = (await side.world.phone(phone)).filter(
    ({ direction }) => direction === 'received',
  )
  return {
    consent: subscriptions.sms.marketing.consent,
    phone: received.map(({ from, body, origin }) => `${origin} from ${from}: ${body}`).join(' | '),
  }
}

async function eventLines(side: Side, person: Person, metric: string): Promise<View> {
  const path = `/events?metric=${encodeURIComponent(metric)}`
  const all = await control<readonly SeenEvent[]>(side, 'GET', path)
  const own = all.filter(({ profile }) =>
    isPerson(person, { email: profile.email, phone: profile.phone_number }),
  )
  const words = ({ properties }: SeenEvent) => `${properties.Channel} ${properties.Status}`
  const names = ({ properties }: SeenEvent) =>
    Object.keys(properties)
      .filter((name) => !name.startsWith('$'))
      .sort()
      .join(', ')
  const each = (show: (event: SeenEvent) => string) => [...new Set(own.map(show))].join(' | ')
  return {
    [`${metric}: events`]: own.map(words).join(' | '),
    [`${metric}: source`]: each(({ integration }) => integration),
    [`${metric}: properties`]: each(names),
  }
}

function isPerson(
  { phone, email }: Person,
  seen: { readonly phone: string | null; readonly email: string | null },
): boolean {
  return (phone !== null && seen.phone === phone) || (email !== null && seen.email === email)
}
