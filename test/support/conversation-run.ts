import { expect } from 'vitest'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import type { Stack } from './stack.ts'

/** Long, because a busy machine is no defect. */
const PATIENCE_MS = 90_000
const BRAND_NUMBER = '+18005550100'

/** One customer's whole conversation, and what must be true of it afterwards, whatever died meanwhile. */
export type ConversationRun = {
  readonly phone: string
  /** Plays it to the end; each move waits until the one before is seen, through every restart. */
  play(): Promise<void>
  /** Looks at both platforms: everything exactly once, no text twice, every missing text named. */
  check(): Promise<void>
}

/**
 * A conversation of its own phone, with an e-mail of its own. Only where a call to send may have been cut
 * (`mayBeUnknown`) may the answer be missing from the phone, and then its ticket must say so.
 */
export function conversationRun(
  stack: Stack,
  phone: string,
  options: { readonly mayBeUnknown: boolean } = { mayBeUnknown: false },
): ConversationRun {
  const { world } = stack
  const first = `Where is my parcel? (${phone})`
  const second = `It was due on Monday. (${phone})`
  const answer = `It left the depot this morning. (${phone})`
  const later = `One more thing. (${phone})`
  let ticketId = 0

  async function play(): Promise<void> {
    await stack.control('PUT', `/profiles/${encodeURIComponent(phone)}`, {
      smsConsent: 'SUBSCRIBED',
      email: `${phone.slice(1)}@example.com`,
    })
    await world.texts(phone, BRAND_NUMBER, first)
    ticketId = (await seen('the first text on a ticket', () => ticketWith(first))).id
    await world.texts(phone, BRAND_NUMBER, second)
    await seen('the second text on the ticket', () => ticketWith(second))
    await world.comments(ticketId, { agentEmail: 'agent@example.com', body: answer, public: true })
    await seen(
      'the answer on the phone, or named on the ticket',
      async () => (await answersOnPhone()) > 0 || (await notesOnAnswer()) > 0,
    )
    await world.setsStatus(ticketId, 'closed')
    await world.texts(phone, BRAND_NUMBER, later)
    const next = await seen('the text after the close on a new ticket', () => ticketWith(later))
    await seen('its note', async () =>
      (await world.ticket(next.id)).comments.some(({ body }) => body.includes(`#${ticketId}`)),
    )
    await seen(
      'its events',
      async () =>
        (await eventsOf('Opened Ticket')).length >= 2 &&
        (await eventsOf('Resolved Ticket')).length >= 1,
    )
  }

  async function check(): Promise<void> {
    const tickets = await ticketsOfPhone()
    expect(tickets.map(({ id }) => id).sort(), `tickets of ${phone}`).toHaveLength(2)
    expect(
      new Set(tickets.map(({ requester }) => requester.id)).size,
      `Zendesk users of ${phone}`,
    ).toBe(1)
    const [old, next] = [await world.ticket(ticketId), tickets.find(({ id }) => id !== ticketId)]
    expect(
      old.comments
        .filter(({ public: isPublic }) => isPublic)
        .map(({ body }) => body)
        .sort(),
    ).toEqual([first, second, answer].sort())
    expect(
      next?.comments.filter(({ public: isPublic }) => isPublic).map(({ body }) => body),
    ).toEqual([later])
    expect(next?.comments.filter(({ body }) => body.includes(`#${ticketId}`))).toHaveLength(1)
    const least = options.mayBeUnknown ? 0 : 1
    expect(await answersOnPhone(), `${phone} got the answer`).toBeLessThanOrEqual(1)
    expect(await answersOnPhone(), `${phone} got the answer`).toBeGreaterThanOrEqual(least)
    expect(
      (await answersOnPhone()) + (await notesOnAnswer()),
      `${phone} got the answer, or its ticket says why not`,
    ).toBeGreaterThanOrEqual(1)
    expect(await eventsOf('Opened Ticket')).toHaveLength(2)
    expect(await eventsOf('Resolved Ticket')).toHaveLength(1)
  }

  async function ticketsOfPhone() {
    const all = await Promise.all((await world.tickets()).map(({ id }) => world.ticket(id)))
    return all.filter(({ requester }) => requester.phone === phone)
  }
  async function ticketWith(body: string) {
    return (await ticketsOfPhone()).find(({ comments }) =>
      comments.some((comment) => comment.body === body),
    )
  }
  async function answersOnPhone(): Promise<number> {
    return (await world.phone(phone)).filter(
      ({ direction, body }) => direction === 'received' && body === answer,
    ).length
  }
  async function notesOnAnswer(): Promise<number> {
    return (await world.ticket(ticketId)).comments.filter(
      ({ public: isPublic, body }) => !isPublic && body.includes('not known'),
    ).length
  }
  async function eventsOf(metric: string) {
    return (await world.events(metric)).filter(({ profile }) => profile.phone_number === phone)
  }

  /** Looks until it is seen; in between, the sandbox's clock runs on so that retries and holds come due. */
  async function seen<T>(
    what: string,
    look: () => Promise<T | null | undefined | false>,
  ): Promise<T> {
    let looks = 0
    const isSeen = async () => {
      looks += 1
      if (looks % 20 === 0 && stack.patience.ms > 0) await world.advancesClock(stack.patience.ms)
      return look().catch(() => null)
    }
    return eventually(`${what} (${phone})`, isSeen, PATIENCE_MS)
  }

  return { phone, play, check }
}
