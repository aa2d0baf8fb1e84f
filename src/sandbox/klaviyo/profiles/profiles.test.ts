import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestKlaviyo, encode, SARAH, type TestKlaviyo } from '../test-support.ts'

let test: TestKlaviyo

beforeEach(() => {
  test = createTestKlaviyo()
})
afterEach(() => test.close())

const profile = (attributes: unknown, more = {}) => ({
  data: { type: 'profile', attributes, ...more },
})

async function find(filter: string, more = ''): Promise<Record<string, unknown>[]> {
  const { body } = await test.api(
    'GET',
    `/api/profiles?filter=${encodeURIComponent(filter)}${more}`,
  )
  return body.data as Record<string, unknown>[]
}

describe('profiles are found', () => {
  it.each([
    [`equals(phone_number,"${SARAH}")`, 1],
    ['equals(email,"AGENT@example.com")', 1],
    [`any(phone_number,["${SARAH}","+14155550112","+14155559999"])`, 2],
    ['equals(external_id,"nobody")', 0],
  ])('by %s', async (filter, count) => {
    expect(await find(filter)).toHaveLength(count)
  })

  it('not by a number whose plus was left unencoded', async () => {
    const { status } = await test.api('GET', `/api/profiles?filter=equals(phone_number,"${SARAH}")`)
    expect(status).toBe(400)
  })

  it('with their consent when asked for, and not otherwise', async () => {
    const filter = `equals(phone_number,"${SARAH}")`
    const [plain] = await find(filter)
    const [full] = await find(filter, '&additional-fields[profile]=subscriptions')
    expect(plain?.attributes).not.toHaveProperty('subscriptions')
    expect(full?.attributes).toMatchObject({
      subscriptions: {
        sms: {
          marketing: {
            can_receive_sms_marketing: true,
            consent: 'SUBSCRIBED',
            method: 'TEXT',
            method_detail: 'JOIN',
          },
        },
      },
    })
  })

  it('page by page along the links', async () => {
    const first = await test.api('GET', '/api/profiles?page[size]=2&fields[profile]=phone_number')
    const next = first.body.links?.next ?? ''
    const second = await test.api('GET', next)
    const third = await test.api('GET', second.body.links?.next ?? '')
    const pages = [first, second, third].map(({ body }) => (body.data as unknown[]).length)
    expect(pages).toEqual([2, 2, 1])
    expect(third.body.links?.next).toBeNull()
    expect((await test.api('GET', second.body.links?.prev ?? '')).body.data).toEqual(
      first.body.data,
    )
  })

  it('with their conversation once they have texted', async () => {
    const [before] = await find(`equals(phone_number,"${SARAH}")`)
    const path = `/api/profiles/${String(before?.id)}`
    expect((await test.api('GET', `${path}/conversations`)).body.data).toEqual([])

    const text = { to: '+18005550100', body: 'Hello' }
    await test.control('POST', `/control/phones/${encode(SARAH)}/messages`, text)
    const { body } = await test.api('GET', `${path}?include=conversations`)
    const ids = await test.api('GET', `${path}/relationships/conversations`)
    expect(body.included).toMatchObject([{ type: 'conversation', attributes: { channel: 'sms' } }])
    expect(ids.body.data).toEqual(
      (body.included as { id: string }[]).map(({ id }) => ({ type: 'conversation', id })),
    )
  })
})

describe('profiles are written', () => {
  it('once: a second creation names the first', async () => {
    const body = profile({ phone_number: '+14155550190', first_name: 'Kim' })
    const created = await test.api('POST', '/api/profiles', { body })
    const repeated = await test.api('POST', '/api/profiles', { body })
    const { id } = created.body.data as { id: string }
    expect([created.status, repeated.status]).toEqual([201, 409])
    expect(repeated.body.errors).toMatchObject([
      { code: 'duplicate_profile', meta: { duplicate_profile_id: id } },
    ])
  })

  it.each([
    [{ phone_number: '12345' }, '/data/attributes/phone_number'],
    [{ first_name: 'Nobody' }, '/data/attributes'],
  ])('not from %j', async (attributes, pointer) => {
    const { status, body } = await test.api('POST', '/api/profiles', { body: profile(attributes) })
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([{ code: 'invalid', source: { pointer } }])
  })

  it('by import: 201 for a new one, 200 for a known one, whose null fields are cleared', async () => {
    const email = 'kim@example.com'
    const first = profile({ email, first_name: 'Kim', properties: { open: 1, vip: true } })
    const second = profile({ email, first_name: null, properties: { open: 2 } })
    const created = await test.api('POST', '/api/profile-import', { body: first })
    const updated = await test.api('POST', '/api/profile-import', { body: second })
    expect([created.status, updated.status]).toEqual([201, 200])
    expect(updated.body.data).toMatchObject({
      attributes: { first_name: null, properties: { open: 2, vip: true } },
    })
  })

  it('with lists patched and keys unset by import', async () => {
    const email = 'kim@example.com'
    const start = profile({ email, properties: { tags: ['a', 'b'], old: 1 } })
    await test.api('POST', '/api/profile-import', { body: start })
    const patch_properties = { append: { tags: 'c' }, unappend: { tags: 'a' }, unset: 'old' }
    const body = profile({ email }, { meta: { patch_properties } })
    const { body: answer } = await test.api('POST', '/api/profile-import', { body })
    expect((answer.data as { attributes: { properties: unknown } }).attributes.properties).toEqual({
      tags: ['b', 'c'],
    })
  })

  it('by a patch, which leaves the rest alone', async () => {
    const [sarah] = await find(`equals(phone_number,"${SARAH}")`)
    const id = String(sarah?.id)
    const body = profile({ properties: { zendesk_open_tickets: 1 } }, { id })
    const { status, body: answer } = await test.api('PATCH', `/api/profiles/${id}`, { body })
    expect(status).toBe(200)
    expect(answer.data).toMatchObject({
      attributes: { first_name: 'Sarah', properties: { zendesk_open_tickets: 1 } },
    })
  })
})
