import { expect } from 'vitest'
import { eventually, type PhoneMessage, type SeenTicket } from '../../src/cli/demo/outside-world.ts'
import type { Stack } from './stack.ts'

/** What the platforms lead to in one story; as they are thought to behave unless told otherwise. */
export type Expected = {
  /** The number that the agent's answer comes from; null when it cannot be sent. */
  readonly answerFrom: string | null
  /** What the first ticket's agent is told, besides nothing. */
  readonly told: readonly RegExp[]
  readonly brand: string
  /** Answers that Klaviyo gives by itself. */
  readonly autoResponses: number
  /** What the agent is told who answers somebody who has opted out. */
  readonly toldAfterStop: RegExp
}

export const ACCOUNT_NUMBER = '+18005550100'
/** Not the number from which the account would send by itself. */
const TEXTED_NUMBER = '+14155550101'
/** Enough for a rule that closes after two hours; tokens of both platforms have ended by then. */
const THREE_HOURS_MS = 3 * 3_600_000
const PATIENCE_MS = 30_000
/** How far each look that finds nothing moves the sandbox's clock, at least. */
const STRIDE_MS = 500

export const USUAL: Expected = {
  answerFrom: TEXTED_NUMBER,
  told: [],
  brand: 'Fjell',
  autoResponses: 1,
  toldAfterStop: /did not reach|was not sent/,
}

export type DoubtStory = {
  play(): Promise<void>
  /** Everything once, and nothing else: the phone, both tickets, the events. */
  check(): Promise<void>
}

/** One customer from the first text to the opt-out, seen on both platforms. */
export function doubtStory(
  stack: Stack,
  given: { readonly phone: string; readonly expected: Expected; readonly lagMs: number },
): DoubtStory {
  const { world } = stack
  const { phone, expected, lagMs } = given
  const words = {
    first: `Where is my parcel? (${phone})`,
    second: `It was due on Monday. (${phone})`,
    answer: `It left the depot this morning. (${phone})`,
    campaign: `Winter sale. (${phone})`,
    later: `One more thing. (${phone})`,
    late: `Are you still there? (${phone})`,
    neighbour: `Do you open on Sunday? (${phone})`,
  }
  let before = 0
  let ids: readonly [number, number] = [0, 0]

  async function play(): Promise<void> {
    before = Math.max(...(await world.tickets()).map(({ id }) => id))
    await stack.control('PUT', `/profiles/${encodeURIComponent(phone)}`, {
      smsConsent: 'SUBSCRIBED',
      email: `${phone.slice(1)}@example.com`,
    })
    await textedByNeighbour()
    const first = await texted(words.first)
    await texted(words.second)
    await answered(first.id, words.answer)
    await seen('the answer on the phone, or its note', async () =>
      expected.answerFrom === null
        ? (await notesOf(first.id)).length > 0
        : (await phoneShows(words.answer)) &&
          (await notesOf(first.id)).length >= expected.told.length,
    )
    await stack.control('POST', '/campaigns', {
      ...{ name: `Sale ${phone}`, body: words.campaign, to: [phone] },
    })
    await seen('the campaign on the phone', () => phoneShows(words.campaign))
    await closedByRule(first.id)
    const next = await texted(words.later)
    ids = [first.id, next.id]
    await seen('its note', async () =>
      (await notesOf(next.id)).some((body) => body.includes(`#${first.id}`)),
    )
    await optedOut(next.id)
    await seen('the neighbour on a ticket', async () => (await ticketsSaying(words.neighbour))[0])
    await seen(
      'its events',
      async () =>
        (await eventsOf('Opened Ticket')).length >= 2 &&
        (await eventsOf('Resolved Ticket')).length >= 1,
    )
  }

  /** Somebody whom an agent has put into Zendesk a moment ago, so that its search may not show them yet. */
  async function textedByNeighbour(): Promise<void> {
    const other = phone.replace('+1415', '+1628')
    await stack.control('PUT', `/profiles/${encodeURIComponent(other)}`, {
      smsConsent: 'SUBSCRIBED',
    })
    await putInByHand(stack.sandbox.zendeskUrl, { name: 'By hand', phone: other })
    await world.texts(other, TEXTED_NUMBER, words.neighbour)
  }

  async function closedByRule(id: number): Promise<void> {
    await world.setsStatus(id, 'solved')
    await world.advancesClock(THREE_HOURS_MS)
    await stack.control('POST', '/run-automations')
    await seen('the closing', async () => (await world.ticket(id)).status === 'closed')
  }

  async function optedOut(id: number): Promise<void> {
    await texted('STOP')
    await seen('the note on the opt-out', async () =>
      (await notesOf(id)).some((body) => /opted out/i.test(body)),
    )
    await answered(id, words.late)
    await seen('the note on what was not sent', async () =>
      (await notesOf(id)).some((body) => expected.toldAfterStop.test(body)),
    )
  }

  async function check(): Promise<void> {
    const [old, next, ...others] = await ticketsOfPhone()
    expect(
      others.map(({ id }) => id),
      `further tickets of ${phone}`,
    ).toEqual([])
    expect([old?.id, next?.id]).toEqual(ids)
    expect(old?.requester.id).toBe(next?.requester.id)
    expect([old?.brand, next?.brand]).toEqual([expected.brand, expected.brand])
    expect(old?.status).toBe('closed')
    expect(publicOn(old)).toEqual([words.first, words.second, words.answer])
    expect(publicOn(next)).toEqual([words.later, 'STOP', words.late])
    expectEach(notesOn(old), expected.told)
    expectEach(notesOn(next), [new RegExp(`#${ids[0]}`), /opted out/i, expected.toldAfterStop])
    expect(await ticketsSaying(words.neighbour)).toHaveLength(1)
    await checkPhone()
    expect((await eventsOf('Opened Ticket')).map(ticketOf).sort()).toEqual(ids.map(String))
    expect((await eventsOf('Resolved Ticket')).map(ticketOf)).toEqual([String(ids[0])])
  }

  async function checkPhone(): Promise<void> {
    const shown = await world.phone(phone)
    expect(shown.filter(isSent).map(({ body }) => body)).toEqual([
      ...[words.first, words.second, words.later, 'STOP'],
    ])
    const by = (origin: string) =>
      shown
        .filter((message) => !isSent(message) && message.origin === origin)
        .map(({ from, body }) => ({ from, body }))
    const { answerFrom } = expected
    const answer = answerFrom === null ? [] : [{ from: answerFrom, body: words.answer }]
    expect(by('conversation')).toEqual(answer)
    expect(by('campaign').map(({ body }) => body)).toEqual([words.campaign])
    expect(by('auto-response')).toHaveLength(expected.autoResponses)
  }

  async function texted(body: string): Promise<SeenTicket> {
    await world.texts(phone, TEXTED_NUMBER, body)
    return seen(`"${body}" on a ticket`, async () =>
      (await ticketsOfPhone()).find(({ comments }) => comments.some((each) => each.body === body)),
    )
  }
  async function answered(id: number, body: string): Promise<void> {
    await world.comments(id, { agentEmail: 'agent@example.com', body, public: true })
  }
  async function ticketsSince(): Promise<readonly SeenTicket[]> {
    const late = (await world.tickets()).filter(({ id }) => id > before)
    return Promise.all(late.map(({ id }) => world.ticket(id)))
  }
  async function ticketsSaying(body: string): Promise<readonly SeenTicket[]> {
    return (await ticketsSince()).filter(({ comments }) =>
      comments.some((each) => each.body === body),
    )
  }
  async function ticketsOfPhone(): Promise<readonly SeenTicket[]> {
    const all = await ticketsSince()
    return all.filter(({ requester }) => requester.phone === phone).sort((a, b) => a.id - b.id)
  }
  async function phoneShows(words: string): Promise<boolean> {
    return (await world.phone(phone)).some(({ body }) => body === words)
  }
  async function notesOf(id: number): Promise<readonly string[]> {
    return notesOn(await world.ticket(id))
  }
  async function eventsOf(metric: string) {
    return (await world.events(metric)).filter(({ profile }) => profile.phone_number === phone)
  }

  /** Looks until it is seen; in between, the sandbox's clock runs on so that lags and retries end. */
  async function seen<T>(
    what: string,
    look: () => Promise<T | null | undefined | false>,
  ): Promise<T> {
    const isSeen = async () => {
      const found = await look()
      if (!found) await world.advancesClock(Math.max(STRIDE_MS, lagMs))
      return found
    }
    return eventually(`${what} (${phone})`, isSeen, PATIENCE_MS)
  }

  return { play, check }
}

const isSent = ({ direction }: PhoneMessage) => direction === 'sent'
const ticketOf = ({ properties }: { readonly properties: Readonly<Record<string, unknown>> }) =>
  properties.Ticket_id

function publicOn(ticket: SeenTicket | undefined): readonly string[] {
  return ticket?.comments.filter((each) => each.public).map(({ body }) => body) ?? []
}

function notesOn(ticket: SeenTicket | undefined): readonly string[] {
  return ticket?.comments.filter((each) => !each.public).map(({ body }) => body) ?? []
}

/** As many notes as patterns, each matched by one. */
function expectEach(notes: readonly string[], patterns: readonly RegExp[]): void {
  expect(notes).toHaveLength(patterns.length)
  for (const pattern of patterns) expect(notes).toContainEqual(expect.stringMatching(pattern))
}

/** As an agent does in Zendesk; the number is a direct line then. */
async function putInByHand(
  zendeskUrl: string,
  user: { readonly name: string; readonly phone: string },
): Promise<void> {
  const made = await fetch(`${zendeskUrl}/api/v2/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer agent-alva' },
    body: JSON.stringify({ user: { ...user, role: 'end-user' } }),
  })
  expect(made.status).toBe(201)
}
