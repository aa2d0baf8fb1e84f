import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { received, ticketWith } from '../../src/cli/demo/look.ts'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import { ALVA, BRAND_NUMBER, PHONE_ONLY, SARAH } from '../../src/cli/demo/people.ts'
import { HOUR, MINUTE } from '../../src/kernel/instant.ts'
import { type Stack, startStack } from '../support/stack.ts'

/*
 * Webhooks that never come: the platforms' own feeds tell what they would have told, once, and what is
 * found too late is judged so.
 */

let stack: Stack

beforeAll(async () => {
  stack = await startStack()
})
afterAll(() => stack?.close())

const deliver = async (share: { drop: number }) => {
  for (const platform of ['zendesk', 'klaviyo'])
    await stack.control('POST', '/webhooks', { platform, ...share })
}
const opened = () => stack.world.events('Opened Ticket')
const resolved = () => stack.world.events('Resolved Ticket')

/** Lets the sandbox's time pass while it looks, since a feed is read each minute and leaves the newest out. */
function inTime<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const slowly = async () => {
    await stack.world.advancesClock(20_000)
    await delay(500)
    return look()
  }
  return eventually(what, slowly, 60_000)
}

describe('without any webhook', () => {
  it('a closing is found although the ticket is known as closed by what came after it', async () => {
    await stack.world.texts(PHONE_ONLY, BRAND_NUMBER, 'Is my order lost?')
    const ticket = await ticketWith(stack.world, 'Is my order lost?')
    await deliver({ drop: 1 })
    await stack.world.setsStatus(ticket.id, 'closed')
    await deliver({ drop: 0 })
    // It cannot be added to the closed ticket, which is how that becomes known.
    await stack.world.texts(PHONE_ONLY, BRAND_NUMBER, 'Hello, is anybody there?')
    await ticketWith(stack.world, 'Hello, is anybody there?')
    const isOfIt = ({ properties }: { properties: { Ticket_id?: unknown } }) =>
      properties.Ticket_id === String(ticket.id)
    await inTime('its closing', async () => (await resolved()).some(isOfIt))
    await stack.world.advancesClock(5 * MINUTE)
    expect((await resolved()).filter(isOfIt)).toHaveLength(1)
  })

  it('a text becomes a ticket, its answer a text, its opening and closing events, each once', async () => {
    await deliver({ drop: 1 })
    await stack.world.texts(SARAH, BRAND_NUMBER, 'Where is my parcel?')
    const ticket = await inTime('the ticket', () => ticketNow('Where is my parcel?'))
    await stack.world.comments(ticket.id, { agentEmail: ALVA, body: 'On its way.', public: true })
    await inTime('the answer', async () => (await received(stack.world, SARAH)).length > 0)
    await stack.world.setsStatus(ticket.id, 'closed')
    await inTime('its closing', async () =>
      (await resolved()).some(({ properties }) => properties.Ticket_id === String(ticket.id)),
    )
    await stack.world.advancesClock(5 * MINUTE)
    expect((await received(stack.world, SARAH)).map(({ body }) => body)).toEqual(['On its way.'])
    expect(
      (await opened()).filter(({ properties }) => properties.Ticket_id === String(ticket.id)),
    ).toHaveLength(1)
    expect(
      (await resolved()).filter(({ properties }) => properties.Ticket_id === String(ticket.id)),
    ).toHaveLength(1)
  })

  it('an answer that is found after hours goes back to its agent', async () => {
    await deliver({ drop: 0 })
    await stack.world.texts(PHONE_ONLY, BRAND_NUMBER, 'Do you open on Sunday?')
    const ticket = await ticketWith(stack.world, 'Do you open on Sunday?')
    await deliver({ drop: 1 })
    await stack.service.kill()
    await stack.world.comments(ticket.id, { agentEmail: ALVA, body: 'Yes, today.', public: true })
    await stack.world.advancesClock(5 * HOUR)
    await stack.service.start()
    await inTime('the note', async () =>
      (await stack.world.ticket(ticket.id)).comments.some(
        (comment) => !comment.public && comment.body.includes('4 hours'),
      ),
    )
    expect(await received(stack.world, PHONE_ONLY)).toEqual([])
  })
})

async function ticketNow(words: string) {
  const all = await Promise.all(
    (await stack.world.tickets()).map(({ id }) => stack.world.ticket(id)),
  )
  return all.find(({ comments }) => comments.some(({ body }) => body === words))
}
