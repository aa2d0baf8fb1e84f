import { setTimeout as delay } from 'node:timers/promises'
import { closeAll, newTexts, received, textsInto, ticketsOf, ticketWith } from './look.ts'
import { eventually, must, type OutsideWorld } from './outside-world.ts'
import {
  ADMIN,
  ALVA,
  BRAND_NUMBER,
  PHONE_ONLY,
  SARAH,
  SHARES_AGENT_EMAIL,
  STRANGER,
} from './people.ts'

/** One thing that happens, and how it is seen to have happened. */
export type Step = {
  readonly says: string
  /** Rejects with what was expected when it is not seen to happen. */
  readonly play: (world: OutsideWorld, memory: Memory) => Promise<Seen>
}

/** What was seen, in words, and the tickets that it was about. */
export type Seen = { readonly says: string; readonly ticketIds: readonly number[] }

/** What later steps need of earlier ones. */
export type Memory = { ticketId: number }

/** Long enough for an echo to come back, were there one. */
const QUIET_MS = 1_500

const NATIVE_PROPERTIES = [
  'Assignee_email',
  'Assignee_name',
  'Channel',
  'Description',
  'Fields',
  'Group_name',
  'Priority',
  'Subject',
  'Tags',
  'Ticket_id',
  'Type',
  'Via',
  'Zendesk_url',
  'Status',
]

export const STORY: readonly Step[] = [
  {
    says: 'A customer texts a brand number: one ticket, with their words alone',
    async play(world, memory) {
      const body = 'Where is my parcel? It should have come on Monday.'
      await world.texts(SARAH, BRAND_NUMBER, body)
      const ticket = await ticketWith(world, body)
      const [first, ...others] = ticket.comments
      must(
        first?.body === body && others.length === 0,
        'the first comment is the text, and the only one',
      )
      must(
        first?.public === true && first.author.role === 'end-user',
        'it is public and by the customer',
      )
      must(
        ticket.tags.includes('sms') && ticket.tags.includes('replyline'),
        'tags sms and replyline',
      )
      must(
        ticket.brand === 'Nordlys' && ticket.external_id?.startsWith('replyline:') === true,
        'brand and external_id',
      )
      memory.ticketId = ticket.id
      return { says: `ticket #${ticket.id} "${ticket.subject}"`, ticketIds: [ticket.id] }
    },
  },
  {
    says: 'An agent answers publicly: the phone gets it once, as plain text, from the number that was texted',
    async play(world, { ticketId }) {
      const before = await received(world, SARAH)
      await world.comments(ticketId, {
        agentEmail: ALVA,
        body: 'It left the depot **this morning**.',
        html: '<p>It left the depot <strong>this morning</strong>.</p>',
        public: true,
      })
      const [text] = await newTexts(world, SARAH, before, 1)
      must(
        text?.body === 'It left the depot this morning.' && text.from === BRAND_NUMBER,
        `the text reads as written (${text?.body})`,
      )
      return { says: `"${text?.body}" from ${text?.from}`, ticketIds: [ticketId] }
    },
  },
  {
    says: 'An internal note stays in Zendesk; the answer of the admin who connected Replyline goes out',
    async play(world, { ticketId }) {
      const before = await received(world, SARAH)
      await world.comments(ticketId, {
        agentEmail: ALVA,
        body: 'She is a regular; be quick.',
        public: false,
      })
      await world.comments(ticketId, {
        agentEmail: ADMIN,
        body: 'You will have it by noon.',
        public: true,
      })
      await newTexts(world, SARAH, before, 1)
      await delay(QUIET_MS)
      const after = (await received(world, SARAH)).slice(before.length)
      must(
        after.length === 1 && after[0]?.body === 'You will have it by noon.',
        'only the public answer came',
      )
      const ticket = await world.ticket(ticketId)
      must(ticket.comments.length === 4, 'nothing came back to the ticket')
      return { says: 'one text, no echo', ticketIds: [ticketId] }
    },
  },
  {
    says: "A customer whose e-mail is an agent's gets an answer too; one without e-mail becomes one user",
    async play(world) {
      await world.texts(SHARES_AGENT_EMAIL, BRAND_NUMBER, 'Do you ship to Bergen?')
      const ticket = await ticketWith(world, 'Do you ship to Bergen?')
      must(ticket.requester.email !== ALVA, 'the requester is not the agent')
      const before = await received(world, SHARES_AGENT_EMAIL)
      await world.comments(ticket.id, { agentEmail: ALVA, body: 'Yes, in two days.', public: true })
      await newTexts(world, SHARES_AGENT_EMAIL, before, 1)
      await Promise.all([
        world.texts(PHONE_ONLY, BRAND_NUMBER, 'Two texts at once, one.'),
        world.texts(PHONE_ONLY, BRAND_NUMBER, 'Two texts at once, two.'),
      ])
      const both = await eventually('both texts on one ticket', async () => {
        const all = await ticketsOf(world, PHONE_ONLY)
        return all.flatMap(({ comments }) => comments).length === 2 && all
      })
      must(both.length === 1, 'two texts at once make one ticket')
      const shared = both[0]?.id ?? 0
      return {
        says: `ticket #${ticket.id} answered, ticket #${shared} holds both texts`,
        ticketIds: [ticket.id, shared],
      }
    },
  },
  {
    says: 'The customer texts again: open, pending, on-hold, solved, closed',
    async play(world, memory) {
      for (const status of ['open', 'pending', 'hold', 'solved'])
        await textsInto(world, memory.ticketId, status)
      await world.setsStatus(memory.ticketId, 'closed')
      const body = 'One more thing about that parcel.'
      await world.texts(SARAH, BRAND_NUMBER, body)
      const next = await ticketWith(world, body)
      must(next.id !== memory.ticketId, 'a closed ticket stays closed')
      await eventually('the new ticket names the old one', async () =>
        (await world.ticket(next.id)).comments.some(
          (comment) => !comment.public && comment.body.includes(`#${memory.ticketId}`),
        ),
      )
      return {
        says: `ticket #${next.id} names #${memory.ticketId}`,
        ticketIds: [memory.ticketId, next.id],
      }
    },
  },
  {
    says: 'Keywords make no ticket; HELP does; a sentence with such a word in it is not lost',
    async play(world) {
      const before = (await world.tickets()).length
      await world.texts(STRANGER, BRAND_NUMBER, 'Are you there?')
      await closeAll(world, PHONE_ONLY)
      await world.texts(PHONE_ONLY, BRAND_NUMBER, 'JOIN')
      await world.texts(PHONE_ONLY, BRAND_NUMBER, 'HELP')
      const help = await ticketWith(world, 'HELP')
      await closeAll(world, PHONE_ONLY)
      await world.texts(PHONE_ONLY, BRAND_NUMBER, 'please cancel my order')
      await delay(QUIET_MS)
      await world.advancesClock(10_000)
      const request = await ticketWith(world, 'please cancel my order')
      await closeAll(world, PHONE_ONLY)
      await world.texts(PHONE_ONLY, BRAND_NUMBER, 'STOP')
      await delay(QUIET_MS)
      must((await world.tickets()).length === before + 2, 'two tickets, for HELP and the request')
      return {
        says: 'HELP and the request have tickets; JOIN, STOP and a stranger have none',
        ticketIds: [help.id, request.id],
      }
    },
  },
  {
    says: 'Each ticket yields one Opened Ticket event; a closed one one Resolved Ticket event, with the fourteen properties',
    async play(world, { ticketId }) {
      const mailed = await world.mailsIn(
        'Invoice',
        'Please send me the invoice.',
        'kari@example.com',
      )
      const opened = await eventually('Opened Ticket for the text and for the mail', async () => {
        const events = await world.events('Opened Ticket')
        const found = [ticketId, mailed.id].map((id) =>
          events.filter(({ properties }) => properties.Ticket_id === String(id)),
        )
        return found.every(({ length }) => length === 1) && found.flat()
      })
      const resolved = await eventually(
        'Resolved Ticket for the closed one',
        async () =>
          (await world.events('Resolved Ticket')).filter(
            ({ properties }) => properties.Ticket_id === String(ticketId),
          )[0],
      )
      must(
        opened[0]?.profile.phone_number === SARAH &&
          opened[1]?.profile.email === 'kari@example.com',
        'on the right profiles',
      )
      must(
        [...opened, resolved].every(({ properties }) =>
          NATIVE_PROPERTIES.every((name) => name in properties),
        ),
        'all fourteen properties',
      )
      must(opened[0]?.properties.Channel === 'sms', 'Channel is sms')
      return {
        says: `Opened for #${ticketId} and #${mailed.id}, Resolved for #${ticketId}`,
        ticketIds: [ticketId, mailed.id],
      }
    },
  },
]
