import { control, type Person, type Side, ticketsOf } from './parity-view.ts'

/** One thing that somebody does, and what the native integration makes of it by its help article. */
type Move = {
  readonly says: string
  /** Answers the id of the text or comment that it made, if it made one. */
  readonly play: (side: Side, person: Person) => Promise<string | null>
  /** Lines of the view on the native side, once the move has had its effect. */
  readonly native: Readonly<Record<string, string>>
}

export type ParityStory = {
  readonly title: string
  readonly person: Person
  readonly moves: readonly Move[]
}

export const TOLL_FREE = '+18005550100'
const LONG_CODE = '+14155550101'
const ALVA = 'agent@example.com'
const BO = 'bo@example.com'

const texts =
  (body: string, to = TOLL_FREE) =>
  async ({ world }: Side, { phone }: Person) =>
    (await world.texts(phone ?? '', to, body)).eventId

const answers =
  (body: string, agentEmail = ALVA, more: object = {}) =>
  async (side: Side, person: Person) => {
    const path = `/tickets/${await newest(side, person)}/comments`
    const comment = { agentEmail, body, public: true, ...more }
    return String((await control<{ commentId: number }>(side, 'POST', path, comment)).commentId)
  }

const becomes = (status: string) => async (side: Side, person: Person) => {
  await side.world.setsStatus(await newest(side, person), status)
  return null
}

const does =
  (path: string, body: (person: Person) => object) => async (side: Side, person: Person) => {
    await control(side, 'POST', path, body(person))
    return null
  }

async function newest(side: Side, person: Person): Promise<number> {
  const ticket = (await ticketsOf(side, person)).at(-1)
  if (ticket === undefined) throw new Error(`no ticket of ${person.phone ?? person.email}`)
  return ticket.id
}

const WHERE = 'Where is my parcel?'

/** The moves of the parity test; each story has a person of its own. */
export const PARITY_STORIES: readonly ParityStory[] = [
  {
    title: 'a subscriber’s conversation',
    person: { phone: '+14155550111', email: 'sarah.lind@example.com' },
    moves: [
      {
        says: 'she texts',
        play: texts(WHERE),
        native: {
          tickets: '1',
          'ticket 1: status': 'new',
          'ticket 1: first comment': WHERE,
          'Opened Ticket: events': 'sms new',
        },
      },
      {
        says: 'she texts again',
        play: texts('It was due on Monday.'),
        native: {
          tickets: '1',
          'ticket 1: public comments': `end-user: ${WHERE} | end-user: It was due on Monday.`,
        },
      },
      {
        says: 'an agent answers',
        play: answers('It left the depot.'),
        native: {
          'ticket 1: status': 'open',
          phone: `conversation from ${TOLL_FREE}: It left the depot.`,
        },
      },
      {
        says: 'an agent writes a note',
        play: answers('Call the depot.', ALVA, { public: false }),
        native: {
          'ticket 1: internal notes': '1',
          phone: `conversation from ${TOLL_FREE}: It left the depot.`,
        },
      },
      {
        says: 'the agent solves',
        play: becomes('solved'),
        native: { 'ticket 1: status': 'solved', 'Resolved Ticket: events': '' },
      },
      {
        says: 'she texts into the solved ticket',
        play: texts('It is not here.'),
        native: { tickets: '1', 'ticket 1: status': 'open' },
      },
      {
        says: 'the agent closes',
        play: becomes('closed'),
        native: { 'ticket 1: status': 'closed', 'Resolved Ticket: events': 'sms closed' },
      },
      {
        says: 'she texts after the close',
        play: texts('One more thing.'),
        native: {
          tickets: '2',
          'ticket 2: first comment': 'One more thing.',
          'Opened Ticket: events': 'sms new | sms new',
        },
      },
    ],
  },
  {
    title: 'somebody who never subscribed',
    person: { phone: '+14155550113', email: null },
    moves: [
      { says: 'they text', play: texts(WHERE), native: { tickets: '0' } },
      {
        says: 'they subscribe by a keyword',
        play: texts('JOIN'),
        native: { tickets: '0', consent: 'SUBSCRIBED' },
      },
      {
        says: 'they ask for help',
        play: texts('HELP'),
        native: { tickets: '1', 'ticket 1: first comment': 'HELP' },
      },
    ],
  },
  {
    title: 'a subscriber without e-mail',
    person: { phone: '+14155550112', email: null },
    moves: [
      { says: 'they start an automation', play: texts('SIZE'), native: { tickets: '0' } },
      {
        says: 'they text another number',
        play: texts(WHERE, LONG_CODE),
        native: { tickets: '1', 'ticket 1: brand': 'Nordlys' },
      },
      {
        says: 'an agent answers',
        play: answers('It left the depot.'),
        native: { 'ticket 1: status': 'open' },
      },
      {
        says: 'the agent closes',
        play: becomes('closed'),
        native: { 'ticket 1: status': 'closed' },
      },
      {
        says: 'they opt out',
        play: texts('STOP'),
        native: { tickets: '1', consent: 'UNSUBSCRIBED' },
      },
      { says: 'they text all the same', play: texts('Hello?'), native: { tickets: '1' } },
    ],
  },
  {
    title: 'a customer with the e-mail of an agent',
    person: { phone: '+14155550114', email: ALVA },
    moves: [
      {
        says: 'they text',
        play: texts(WHERE),
        native: { tickets: '1', 'ticket 1: first comment': WHERE },
      },
      {
        says: 'the namesake answers',
        play: answers('It left the depot.'),
        native: { 'ticket 1: status': 'open', phone: '' },
      },
      {
        says: 'another agent answers',
        play: answers('It comes today.', BO),
        native: { phone: `conversation from ${TOLL_FREE}: It comes today.` },
      },
    ],
  },
  {
    title: 'what Klaviyo itself sends',
    person: { phone: '+14155550121', email: 'kim@example.com' },
    moves: [
      {
        says: 'they text',
        play: texts(WHERE),
        native: { tickets: '1', 'ticket 1: internal notes': '0' },
      },
      {
        says: 'a campaign goes out',
        play: does('/campaigns', ({ phone }) => ({
          name: 'Sale',
          body: 'Half price',
          to: [phone],
        })),
        native: {
          'ticket 1: internal notes': '1',
          phone: `campaign from ${TOLL_FREE}: Half price`,
        },
      },
      {
        says: 'somebody answers in the Klaviyo Inbox',
        play: does('/inbox/replies', ({ phone: number }) => ({ number, body: 'Soon.' })),
        native: {
          'ticket 1: internal notes': '1',
          phone: `campaign from ${TOLL_FREE}: Half price | conversation from ${TOLL_FREE}: Soon.`,
        },
      },
    ],
  },
  {
    title: 'a customer who mails',
    person: { phone: null, email: 'kari.nord@example.com' },
    moves: [
      {
        says: 'they mail',
        play: does('/tickets', ({ email }) => ({
          ...{ subject: 'Invoice', body: 'Please send it.', requesterEmail: email },
        })),
        native: { tickets: '1', 'Opened Ticket: events': 'email new' },
      },
      {
        says: 'the agent solves',
        play: becomes('solved'),
        native: { 'ticket 1: status': 'solved', 'Resolved Ticket: events': '' },
      },
      {
        says: 'the agent closes',
        play: becomes('closed'),
        native: { 'Resolved Ticket: events': 'email closed' },
      },
    ],
  },
]
