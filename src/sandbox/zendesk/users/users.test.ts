import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterAll(() => sandbox.close())

const create = (user: object) => sandbox.api('POST', '/users', { user })
const PHONE = '+14155550190'

describe('a new user', () => {
  it('needs nothing but a name', async () => {
    const { status, body } = await create({ name: 'Kim', external_id: 'klaviyo:1' })
    expect(status).toBe(201)
    expect(body.user).toMatchObject({ name: 'Kim', email: null, role: 'end-user' })
    const nameless = await create({ name: '' })
    expect([nameless.status, nameless.body.details]).toEqual([
      422,
      {
        name: [
          { description: 'Name: is too short (minimum one character)', error: 'ValueTooShort' },
        ],
      },
    ])
  })

  it('has a phone of their own as an identity, next to those given', async () => {
    const identities = [{ type: 'phone_number', value: PHONE }]
    const { body } = await create({ name: 'Kim', phone: PHONE, identities })
    const list = await sandbox.api('GET', `/users/${body.user.id}/identities`)
    expect(list.body.identities).toMatchObject([{ type: 'phone_number', value: PHONE }])
    expect(body.user.shared_phone_number).toBe(false)
  })

  it('shares a phone that is taken, or is refused, as the switch says', async () => {
    await create({ name: 'Kim', phone: PHONE })
    expect((await create({ name: 'Lo', phone: PHONE })).body.user.shared_phone_number).toBe(true)
    await sandbox.control('PUT', '/settings', { duplicate_phone_on_create: 'refused' })
    expect((await create({ name: 'My', phone: PHONE })).status).toBe(422)
  })

  it('is refused an address that is taken', async () => {
    const { status, body } = await create({ name: 'Kim', email: 'AGENT@example.com' })
    expect([status, body.details.email[0].error]).toEqual([422, 'DuplicateValue'])
  })
})

describe('create_or_update', () => {
  const write = (user: object) => sandbox.api('POST', '/users/create_or_update', { user })

  it('knows a user by e-mail or external_id, never by phone, once a second', async () => {
    const first = await write({ name: 'Kim', external_id: 'K:1', phone: PHONE })
    const tooSoon = await write({ name: 'Kim' })
    await sandbox.control('POST', '/clock', { advanceMs: 1_000 })
    const again = await write({ name: 'Kim B', external_id: 'k:1' })
    await sandbox.control('POST', '/clock', { advanceMs: 1_000 })
    const byPhone = await write({ name: 'Lo', phone: PHONE })
    expect([first.status, tooSoon.status, again.status, byPhone.status]).toEqual([
      201, 429, 200, 201,
    ])
    expect(tooSoon.headers.get('retry-after')).toBe('1')
    expect(again.body.user.id).toBe(first.body.user.id)
  })
})

describe('an update', () => {
  it('adds another e-mail address as a secondary one', async () => {
    const { body } = await create({ name: 'Kim', email: 'kim@customer.example' })
    const user = { email: 'kim2@customer.example' }
    const updated = await sandbox.api('PUT', `/users/${body.user.id}`, { user })
    const list = await sandbox.api('GET', `/users/${body.user.id}/identities`)
    expect(updated.body.user.email).toBe('kim@customer.example')
    expect(list.body.identities.map((one: { primary: boolean }) => one.primary)).toEqual([
      true,
      false,
    ])
  })
})

describe('finding users', () => {
  it('by query waits for the index, by external_id does not', async () => {
    const { body } = await create({ name: 'Kim', phone: PHONE, external_id: 'klaviyo:7' })
    const queries = [
      `phone:${encodeURIComponent(PHONE)}`,
      'phone:*4155550190',
      'external_id:klaviyo:7',
    ]
    const find = async (query: string) =>
      (await sandbox.api('GET', `/users/search?query=${query}`)).body.users.length

    expect(await find('phone:*4155550190')).toBe(0)
    const exact = await sandbox.api('GET', '/users/search?external_id=klaviyo:7')
    const many = await sandbox.api('GET', '/users/show_many?external_ids=klaviyo:7,klaviyo:8')
    expect(exact.body.users[0].id).toBe(body.user.id)
    expect(many.body.count).toBe(1)

    await sandbox.control('POST', '/clock', { advanceMs: 4_000 })
    expect(await Promise.all(queries.map(find))).toEqual([1, 1, 1])
  })

  it('refuses more than a hundred at once', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => index + 1).join(',')
    const { status, body } = await sandbox.api('GET', `/users/show_many?ids=${ids}`)
    expect([status, body.error, body.max_count]).toEqual([400, 'TooManyValues', 100])
  })
})

describe('merging end users', () => {
  it('moves tickets and addresses to the one that stays', async () => {
    const keep = (await create({ name: 'Kim', phone: PHONE })).body.user.id
    const { requester_id } = (await sandbox.api('GET', '/tickets/1')).body.ticket
    const merge = await sandbox.api('PUT', `/users/${requester_id}/merge`, { user: { id: keep } })
    expect(merge.status).toBe(200)
    expect((await sandbox.api('GET', '/tickets/1')).body.ticket.requester_id).toBe(keep)
    expect((await sandbox.api('GET', `/users/${requester_id}`)).status).toBe(404)
  })
})
