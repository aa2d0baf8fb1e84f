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
})
