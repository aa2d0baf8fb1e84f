import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ALVA,
  createTestNative,
  LONG_CODE,
  NEVER_SUBSCRIBED,
  NO_EMAIL,
  SARAH,
  type TestNative,
  TOLL_FREE,
} from './native-for-tests.ts'

let native: TestNative

beforeEach(async () => {
  native = createTestNative()
  await native.install()
})
afterEach(() => native.close())

describe('a text of a subscriber', () => {
  it('makes a ticket of the customer’s own words at once (N25, N28, N40)', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    expect(await native.tickets()).toMatchObject([
      {
        status: 'new',
        description: 'Where is my parcel?',
        subject: null,
        requester: { email: 'sarah.lind@example.com' },
        comments: [{ body: 'Where is my parcel?', public: true, author: { name: 'Sarah Lind' } }],
      },
    ])
  })

  it('is found by the tag that the article’s view and automation look for (N66, N68)', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    expect((await native.ticket()).tags).toEqual(['sms'])
  })

  it('is written by the ticket API, as the integration’s own user (N12)', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    const { id } = await native.ticket()
    const audit = native.zendesk.store.tickets.get(id)?.audits[0]
    const actor = native.zendesk.store.users.get(audit?.author_id ?? 0)
    expect([audit?.via.channel, actor?.email]).toEqual(['api', 'klaviyo-native@example.com'])
    expect(audit?.metadata.custom.klaviyo_native).toMatchObject({
      origin: 'text',
      number: TOLL_FREE,
    })
  })

  it('of somebody without e-mail is requested by phone, by one user for ever', async () => {
    await native.texts(NO_EMAIL, 'Hello')
    await native.becomes((await native.ticket()).id, 'closed')
    await native.texts(NO_EMAIL, 'Hello again')
    const [first, second] = await native.tickets()
    expect(first?.requester).toMatchObject({ email: null, phone: NO_EMAIL })
    expect(second?.requester).toEqual(first?.requester)
  })

  it('goes under the brand that was chosen (N22)', async () => {
    await native.install({ brand: 'Fjell' })
    await native.texts(SARAH, 'Where is my parcel?')
    expect((await native.ticket()).brand).toBe('Fjell')
  })

  it.each(['HELP', 'info'])('with the word %s makes a ticket too (N29)', async (word) => {
    await native.texts(SARAH, word)
    expect((await native.ticket()).description).toBe(word)
  })

  it('with an image alone makes nothing, and the image never shows (L43)', async () => {
    const media = ['https://example.com/tent.png']
    await native.ask('POST', `/phones/${SARAH}/messages`, { to: TOLL_FREE, body: '', media })
    expect(await native.tickets()).toEqual([])
    await native.ask('POST', `/phones/${SARAH}/messages`, {
      to: TOLL_FREE,
      body: 'This one',
      media,
    })
    await native.ask('POST', `/phones/${SARAH}/messages`, { to: TOLL_FREE, body: ' ', media })
    expect((await native.ticket()).comments.map(({ body }) => body)).toEqual(['This one'])
  })
})

describe('no ticket is made', () => {
  it.each(['JOIN', 'STOP', 'stopall', 'START', 'SIZE'])('by the keyword %s (L10)', async (word) => {
    await native.texts(SARAH, word)
    expect(await native.tickets()).toEqual([])
  })

  it('by YES while it confirms a subscription, but by YES otherwise (L10)', async () => {
    native.doubt('double_opt_in', 'on')
    await native.texts(NEVER_SUBSCRIBED, 'JOIN')
    await native.texts(NEVER_SUBSCRIBED, 'YES')
    expect(await native.tickets()).toEqual([])
    await native.texts(SARAH, 'YES')
    expect(await native.tickets()).toHaveLength(1)
  })

  it('by somebody who is not subscribed (N28)', async () => {
    await native.texts(NEVER_SUBSCRIBED, 'Where is my parcel?')
    await native.texts('+14155550199', 'Who is this?')
    expect(await native.tickets()).toEqual([])
  })

  it('by what was texted before the conversations were synced (L42)', async () => {
    await native.install({ sms: false })
    await native.texts(SARAH, 'Before')
    await native.install({ sms: true })
    expect(await native.tickets()).toEqual([])
    await native.texts(SARAH, 'After')
    expect((await native.ticket()).comments.map(({ body }) => body)).toEqual(['After'])
  })

  it('by a text to a branded sender, which cannot receive one (L9, L30)', async () => {
    expect((await native.texts(SARAH, 'Hello', 'NORDLYS')).status).toBe(400)
    expect(await native.tickets()).toEqual([])
  })

  it('in an account that has not installed the integration', async () => {
    await native.ask('PUT', `/profiles/${SARAH}?account=FJELLS`, { smsConsent: 'SUBSCRIBED' })
    await native.texts(SARAH, 'Hello', '+18005550200')
    expect(await native.tickets()).toEqual([])
  })
})

describe('a further text', () => {
  const statusOf = async () => (await native.ticket()).status

  it('is a comment while the ticket is open (N33)', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    const { id } = await native.ticket()
    await native.becomes(id, 'open')
    await native.texts(SARAH, 'It was due on Monday.')
    expect(await native.tickets()).toHaveLength(1)
    const { comments } = await native.ticket()
    expect(comments.map(({ author, body }) => [author.name, body])).toEqual([
      ['Sarah Lind', 'Where is my parcel?'],
      ['Sarah Lind', 'It was due on Monday.'],
    ])
    expect(await statusOf()).toBe('open')
  })

  it('is a comment on a new ticket and leaves it new (N33)', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    await native.texts(SARAH, 'It was due on Monday.')
    expect((await native.ticket()).comments).toHaveLength(2)
    expect(await statusOf()).toBe('new')
  })

  it('reopens a solved ticket (N34)', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    await native.becomes((await native.ticket()).id, 'solved')
    await native.texts(SARAH, 'It is not here.')
    expect(await native.tickets()).toHaveLength(1)
    expect(await statusOf()).toBe('open')
  })

  it('makes a new ticket after a closed one (N35)', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    await native.becomes((await native.ticket()).id, 'closed')
    await native.texts(SARAH, 'One more thing.')
    expect(
      (await native.tickets()).map(({ status, description }) => [status, description]),
    ).toEqual([
      ['closed', 'Where is my parcel?'],
      ['new', 'One more thing.'],
    ])
  })

  it('makes a new ticket after a deleted one', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    await native.ask('POST', `/tickets/${(await native.ticket()).id}/delete`)
    await native.texts(SARAH, 'One more thing.')
    expect((await native.ticket()).description).toBe('One more thing.')
  })

  it.each([
    ['reopen', 'open'],
    ['keep', 'pending'],
  ])('with native_waiting_ticket %s makes a pending ticket %s', async (value, status) => {
    native.doubt('native_waiting_ticket', value)
    await native.texts(SARAH, 'Where is my parcel?')
    await native.becomes((await native.ticket()).id, 'pending')
    await native.texts(SARAH, 'It was due on Monday.')
    expect((await native.ticket()).comments).toHaveLength(2)
    expect(await statusOf()).toBe(status)
  })

  it.each([
    ['profile', 1],
    ['number', 2],
  ])('with native_ticket_per %s, two numbers texted make tickets: %i', async (value, count) => {
    native.doubt('native_ticket_per', value)
    await native.texts(SARAH, 'Where is my parcel?', TOLL_FREE)
    await native.texts(SARAH, 'Hello?', LONG_CODE)
    expect(await native.tickets()).toHaveLength(count)
  })

  it.each([
    ['nothing', 1],
    ['comment', 2],
  ])(
    'with native_excluded_text %s, a keyword on a ticket leaves comments: %i',
    async (value, count) => {
      native.doubt('native_excluded_text', value)
      await native.texts(SARAH, 'Where is my parcel?')
      await native.texts(SARAH, 'STOP')
      expect((await native.ticket()).comments).toHaveLength(count)
    },
  )

  it('that may make no ticket reopens none either', async () => {
    native.doubt('native_excluded_text', 'comment')
    await native.texts(SARAH, 'Where is my parcel?')
    await native.becomes((await native.ticket()).id, 'solved')
    await native.texts(SARAH, 'STOP')
    expect(await statusOf()).toBe('solved')
  })
})

describe('what counts as a keyword is a switch', () => {
  it.each([
    ['as_klaviyo_acts', 'Please cancel my order', 0],
    ['as_klaviyo_acts', 'Can I join the walk?', 1],
    ['whole_text', 'Please cancel my order', 1],
    ['whole_text', 'stop', 0],
    ['contains_word', 'Can I join the walk?', 0],
    ['contains_word', 'My zip stopped working', 1],
    ['contains_word', 'I need help', 1],
  ])('native_keyword_match %s: "%s" makes tickets: %i', async (value, body, count) => {
    native.doubt('native_keyword_match', value)
    await native.texts(SARAH, body)
    expect(await native.tickets()).toHaveLength(count)
  })
})

describe('YES while it confirms a subscription', () => {
  it.each(['as_klaviyo_acts', 'whole_text'])('is a keyword by %s', async (value) => {
    native.doubt('native_keyword_match', value)
    native.doubt('double_opt_in', 'on')
    await native.texts(SARAH, 'JOIN')
    await native.texts(SARAH, 'YES')
    expect(await native.tickets()).toEqual([])
  })
})

describe('the subject is a switch', () => {
  it('native_subject text: the first words', async () => {
    native.doubt('native_subject', 'text')
    await native.texts(SARAH, 'Where is my parcel?')
    expect((await native.ticket()).subject).toBe('Where is my parcel?')
  })
})

describe('after a reset', () => {
  it('nothing is installed and no ticket is current', async () => {
    await native.texts(SARAH, 'Before')
    await native.ask('POST', '/reset')
    await native.texts(SARAH, 'After')
    expect(await native.tickets()).toEqual([])
    expect((await native.ask('GET', '/native')).body).toEqual({ installed: [] })
    await native.mails({ requesterEmail: ALVA })
    expect(await native.events('Opened Ticket')).toEqual([])
  })
})
