import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import { STORY } from '../../src/cli/demo/story.ts'
import { type Stack, startStack } from '../support/stack.ts'

/**
 * The story that `npm run demo` plays, on the real service and under every doubt we have about the
 * platforms: each variant is something they may do that nobody outside has proven.
 */
const VARIANTS: readonly (readonly [string, (stack: Stack) => Promise<void>])[] = [
  ['as the platforms are thought to behave', async () => undefined],
  [
    'with every webhook sent twice, and out of order',
    async ({ control }) => {
      await control('POST', '/webhooks', { platform: 'zendesk', duplicate: 1, reorder: 1 })
      await control('POST', '/webhooks', { platform: 'klaviyo', duplicate: 1, reorder: 1 })
    },
  ],
  [
    'with the other names, shapes and silences',
    async ({ control }) => {
      await control('PUT', '/settings', {
        topic_slugs: 'text-message',
        metricNames: 'sms',
        ticket_created_also_sends_comment_added: 'off',
        comment_metadata_shows_custom: 'off',
        webhook_enum_case: 'title',
        webhook_tags: 'string',
        webhook_missing_values: 'empty',
      })
    },
  ],
]

describe('the story', () => {
  let stack: Stack | null = null
  afterEach(async () => {
    await stack?.close()
    stack = null
  })

  it.each(VARIANTS)('plays to its end %s', async (_variant, prepare) => {
    stack = await startStack({ prepare })
    const memory = { ticketId: 0 }
    for (const step of STORY) await step.play(stack.world, memory)

    const { world } = stack
    const opened = await world.events('Opened Ticket')
    expect(new Set(opened.map(({ unique_id }) => unique_id)).size).toBe(opened.length)
    const phone = await world.phone('+14155550111')
    const texts = phone.filter(({ direction }) => direction === 'received').map(({ body }) => body)
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('says of every event why it ended as it did, by any of its ids', async () => {
    stack = await startStack()
    const { world, cli } = stack
    const { eventId } = await world.texts('+14155550111', '+18005550100', 'Where is my parcel?')
    const ticket = await eventually('a ticket', async () =>
      (await world.tickets()).find(({ id }) => id > 1000),
    )
    expect(await cli('why', eventId)).toContain('first_message')
    const { commentId } = await world.comments(ticket.id, {
      agentEmail: 'agent@example.com',
      body: 'Secret.',
      public: false,
    })
    const note = await eventually('the note', async () =>
      cli('why', String(commentId)).catch(() => null),
    )
    expect(note).toContain('internal_note')
    expect(await cli('why', String(ticket.id))).toContain('opened_recorded')
  })

  it('names a text that failed on its ticket, and tells an agent whose customer cannot be texted', async () => {
    stack = await startStack()
    const { world, control } = stack
    await world.texts('+14155550111', '+18005550100', 'Where is my parcel?')
    const ticket = await eventually('a ticket', async () =>
      (await world.tickets()).find(({ id }) => id > 1000),
    )
    await control('PUT', '/phones/%2B14155550111/failure', { type: 'Device Unreachable' })
    await world.comments(ticket.id, {
      agentEmail: 'agent@example.com',
      body: 'On its way.',
      public: true,
    })
    await eventually('a note on the failure', async () =>
      (await world.ticket(ticket.id)).comments.some(
        (comment) => !comment.public && comment.body.includes('Device Unreachable'),
      ),
    )
    await control('PUT', '/grants', { conversations: false })
    await world.comments(ticket.id, {
      agentEmail: 'agent@example.com',
      body: 'Really.',
      public: true,
    })
    await eventually('a note on the missing grant', async () =>
      (await world.ticket(ticket.id)).comments.some(
        (comment) => !comment.public && comment.body.includes('conversations:write'),
      ),
    )
    expect((await world.ticket(ticket.id)).tags).toEqual(
      expect.arrayContaining(['sms_failed', 'sms_refused']),
    )
  })

  it('tells of a text that may not have arrived even when its ticket is closed by then', async () => {
    const running = await startStack()
    stack = running
    const { world, control, cli } = running
    await world.texts('+14155550111', '+18005550100', 'Where is my parcel?')
    const ticket = await firstTicket(running)
    await control('POST', '/faults', {
      platform: 'klaviyo',
      match: { method: 'POST', path: '/api/conversation-messages' },
      fault: { reset: 'before' },
    })
    const answer = { agentEmail: 'agent@example.com', body: 'On its way.', public: true }
    const { commentId } = await world.comments(ticket.id, answer)
    await eventually('the text is unknown', async () =>
      (await cli('why', String(commentId)).catch(() => '')).includes('send_text: unknown'),
    )
    await world.setsStatus(ticket.id, 'closed')
    await world.advancesClock(150_000)
    const told = await eventually('another ticket that tells of it', async () =>
      (await allTickets(running)).find(({ tags }) => tags.includes('sms_unknown')),
    )
    expect(told.id).not.toBe(ticket.id)
    expect(told.comments).toHaveLength(1)
    expect(told.comments[0]).toMatchObject({ public: false })
    expect(told.comments[0]?.body).toContain(`#${ticket.id}`)
    expect((await world.phone('+14155550111')).filter(({ body }) => body === answer.body)).toEqual(
      [],
    )
  })

  it('texts nobody but the person who wrote, when the ticket is given to another', async () => {
    stack = await startStack()
    const { world, control } = stack
    await world.texts('+14155550111', '+18005550100', 'Where is my parcel?')
    const ticket = await firstTicket(stack)
    await control('POST', `/tickets/${ticket.id}/requester`, { email: 'stranger@example.net' })
    const answer = { agentEmail: 'agent@example.com', body: 'For the stranger.', public: true }
    await world.comments(ticket.id, answer)
    await eventually('a note that it was not sent', async () =>
      (await world.ticket(ticket.id)).comments.some(({ body }) => body.includes('was not sent')),
    )
    expect((await world.phone('+14155550111')).filter(({ body }) => body === answer.body)).toEqual(
      [],
    )
  })

  it("loses no text when the customer's Zendesk user was merged into another", async () => {
    const running = await startStack()
    stack = running
    const { world, sandbox } = running
    const ticket = await world
      .texts('+14155550111', '+18005550100', 'Where is my parcel?')
      .then(() => firstTicket(running))
    const { requester } = await world.ticket(ticket.id)
    const keeper = await zendesk(sandbox.zendeskUrl, 'POST', '/users', {
      user: { name: 'Sarah L.' },
    })
    const merged = { user: { id: keeper.user?.id } }
    await zendesk(sandbox.zendeskUrl, 'PUT', `/users/${requester.id}/merge`, merged)
    await world.setsStatus(ticket.id, 'closed')
    await world.texts('+14155550111', '+18005550100', 'It still has not come.')
    const next = await eventually('a ticket for the next text', async () =>
      (await allTickets(running)).find(({ comments }) => comments[0]?.body.startsWith('It still')),
    )
    expect(next.id).not.toBe(ticket.id)
    expect(next.requester.id).not.toBe(requester.id)
  })

  it('keeps a text without words', async () => {
    stack = await startStack()
    await stack.world.texts('+14155550111', '+18005550100', ' ')
    const ticket = await firstTicket(stack)
    expect((await stack.world.ticket(ticket.id)).comments[0]?.body).toContain('without words')
  })
})

function firstTicket({ world }: Stack): Promise<{ readonly id: number }> {
  return eventually('a ticket', async () => (await world.tickets()).find(({ id }) => id > 1000))
}

async function allTickets({ world }: Stack) {
  return Promise.all((await world.tickets()).map(({ id }) => world.ticket(id)))
}

/** A call as an agent's own app would make it. */
async function zendesk(url: string, method: string, path: string, body: unknown) {
  const response = await fetch(`${url}/api/v2${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: 'Bearer agent-alva' },
    body: JSON.stringify(body),
  })
  if (!response.ok)
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as { readonly user?: { readonly id: number } }
}
