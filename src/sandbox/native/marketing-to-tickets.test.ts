import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestNative, SARAH, type TestNative } from './native-for-tests.ts'

const IN_SWEDEN = '+46705550115'

let native: TestNative

beforeEach(async () => {
  native = createTestNative()
  await native.install()
})
afterEach(() => native.close())

const campaign = (number: string) =>
  native.ask('POST', '/campaigns', { name: 'Sale', body: 'Half price', to: [number] })

describe('a campaign or flow text', () => {
  it('is shown on the customer’s ticket (N38)', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    await campaign(SARAH)
    await native.ask('POST', '/flows/messages', { flowName: 'Cart', body: 'Yours?', to: [SARAH] })
    const { comments, status } = await native.ticket()
    expect(comments.map(({ body, author }) => [body, author.name])).toEqual([
      ['Where is my parcel?', 'Sarah Lind'],
      ['Half price', 'Klaviyo'],
      ['Yours?', 'Klaviyo'],
    ])
    expect(status).toBe('new')
  })

  it.each([
    ['internal', false],
    ['public', true],
  ])('is by the switch native_marketing_comment %s', async (value, isPublic) => {
    native.doubt('native_marketing_comment', value)
    await native.texts(SARAH, 'Where is my parcel?')
    await campaign(SARAH)
    expect((await native.ticket()).comments.at(-1)?.public).toBe(isPublic)
  })

  it('makes no ticket and reopens none', async () => {
    await campaign(SARAH)
    expect(await native.tickets()).toEqual([])
    await native.texts(SARAH, 'Where is my parcel?')
    await native.becomes((await native.ticket()).id, 'solved')
    await campaign(SARAH)
    expect(await native.ticket()).toMatchObject({ status: 'solved', comments: [{}] })
  })

  it('from a branded sender never shows (L30)', async () => {
    await native.texts(IN_SWEDEN, 'Hej')
    await campaign(IN_SWEDEN)
    expect((await native.ticket()).comments).toHaveLength(1)
  })

  it('of before the sync never shows (L42)', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    await native.install({ sms: false })
    await campaign(SARAH)
    await native.install({ sms: true })
    expect((await native.ticket()).comments).toHaveLength(1)
  })
})

describe('what is not synced', () => {
  it('is a reply of the Klaviyo Inbox (L37)', async () => {
    await native.texts(SARAH, 'Where is my parcel?')
    await native.ask('POST', '/inbox/replies', { number: SARAH, body: 'Soon.' })
    expect((await native.received(SARAH)).map(({ body }) => body)).toEqual(['Soon.'])
    expect((await native.ticket()).comments).toHaveLength(1)
  })

  it('is an automated response', async () => {
    native.doubt('auto_responder', 'on')
    await native.texts(SARAH, 'Where is my parcel?')
    expect(await native.received(SARAH)).toMatchObject([{ origin: 'auto-response' }])
    expect((await native.ticket()).comments).toHaveLength(1)
  })
})
