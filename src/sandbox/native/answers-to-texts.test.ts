import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ALVA,
  BO,
  createTestNative,
  LIKE_AGENT,
  LONG_CODE,
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

/** A ticket that a text made. */
async function ticketOf(number: string, to?: string): Promise<number> {
  await native.texts(number, 'Where is my parcel?', to)
  return (await native.ticket()).id
}

describe('an agent’s answer on the ticket', () => {
  it('is a text to the customer, each of them (N2, N26, N31)', async () => {
    const id = await ticketOf(SARAH)
    await native.comments(id, 'It left the depot.')
    await native.comments(id, 'It comes today.', { agentEmail: BO })
    const texts = await native.received(SARAH)
    expect(texts.map(({ body }) => body)).toEqual(['It left the depot.', 'It comes today.'])
  })

  it('shows in Klaviyo as a delivered message of the conversation (N32)', async () => {
    const id = await ticketOf(SARAH)
    await native.comments(id, 'It left the depot.')
    expect(await native.received(SARAH)).toMatchObject([{ origin: 'conversation' }])
    expect(await native.events('Received Text Message')).toMatchObject([
      { properties: { 'Message Body': 'It left the depot.' } },
    ])
  })

  it('goes out from the number that was texted last (N36)', async () => {
    const id = await ticketOf(SARAH, LONG_CODE)
    await native.comments(id, 'From the long code.')
    await native.texts(SARAH, 'Still there?', TOLL_FREE)
    await native.comments(id, 'From the toll-free number.')
    expect((await native.received(SARAH)).map(({ from, body }) => [from, body])).toEqual([
      [LONG_CODE, 'From the long code.'],
      [TOLL_FREE, 'From the toll-free number.'],
    ])
  })

  it('is not sent when the agent has the texting profile’s e-mail (L27)', async () => {
    const id = await ticketOf(LIKE_AGENT)
    await native.comments(id, 'From the namesake.', { agentEmail: ALVA })
    await native.comments(id, 'From somebody else.', { agentEmail: BO })
    expect((await native.received(LIKE_AGENT)).map(({ body }) => body)).toEqual([
      'From somebody else.',
    ])
  })

  it('is not sent as a picture: a comment of nothing else sends nothing (L44)', async () => {
    const id = await ticketOf(SARAH)
    await native.comments(id, '', { html: '<img src="https://example.com/a.png">' })
    expect(await native.received(SARAH)).toEqual([])
  })

  it('fails like any text when the customer has opted out, and nobody tells the agent', async () => {
    const id = await ticketOf(SARAH)
    await native.ask('PUT', `/profiles/${SARAH}`, { smsConsent: 'UNSUBSCRIBED' })
    await native.comments(id, 'It left the depot.')
    expect(await native.received(SARAH)).toEqual([])
    expect(await native.events('Failed to Deliver Text Message')).toHaveLength(1)
    expect((await native.ticket()).comments).toHaveLength(2)
  })
})

describe('nothing is texted', () => {
  it('of an internal note', async () => {
    const id = await ticketOf(SARAH)
    await native.comments(id, 'Between us.', { public: false })
    expect(await native.received(SARAH)).toEqual([])
  })

  it('of what the customer mails into the ticket', async () => {
    const id = await ticketOf(NO_EMAIL)
    await native.comments(id, 'By mail.', { requester: true })
    expect(await native.received(NO_EMAIL)).toEqual([])
  })

  it('of what the integration itself writes', async () => {
    native.doubt('native_marketing_comment', 'public')
    await ticketOf(SARAH)
    await native.ask('POST', '/campaigns', { name: 'Sale', body: 'Half price', to: [SARAH] })
    expect(await native.received(SARAH)).toMatchObject([{ origin: 'campaign' }])
  })

  it('from a ticket that no text made', async () => {
    const { body } = await native.mails({ requesterEmail: 'sarah.lind@example.com' })
    await native.comments(body.id, 'It left the depot.')
    expect(await native.received(SARAH)).toEqual([])
  })

  it('once the conversations are no longer synced', async () => {
    const id = await ticketOf(SARAH)
    await native.install({ sms: false })
    await native.comments(id, 'It left the depot.')
    expect(await native.received(SARAH)).toEqual([])
  })
})
