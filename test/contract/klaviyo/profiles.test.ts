import { ProfileEnum } from 'klaviyo-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type ContractSandbox,
  createSdk,
  nextCursor,
  refusalOf,
  type Sdk,
  startContractSandbox,
} from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

const SARAH = '+14155550111'

let contract: ContractSandbox
let sdk: Sdk
beforeAll(async () => {
  contract = await startContractSandbox()
  sdk = createSdk(contract.url)
})
beforeEach(() => contract.control('POST', '/reset').then(() => contract.unlimited()))
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('profiles', contract.exchanges)
})

type ProfilePage = Awaited<ReturnType<Sdk['profiles']['getProfiles']>>

const profile = (attributes: object) => ({ data: { type: ProfileEnum.Profile, attributes } })
const byPhone = (number: string) => ({ filter: `equals(phone_number,"${number}")` })

describe("Klaviyo's SDK, of a profile", () => {
  it('finds it by its number, with consent and conversations', async () => {
    await contract.control('POST', `/phones/${encodeURIComponent(SARAH)}/messages`, {
      to: '+18005550100',
      body: 'Hello',
    })
    const { body } = await sdk.profiles.getProfiles({
      ...byPhone(SARAH),
      additionalFieldsProfile: ['subscriptions'],
      include: ['conversations'],
    })
    const [sarah] = body.data
    expect(sarah?.attributes.email).toBe('sarah.lind@example.com')
    expect(sarah?.attributes.subscriptions?.sms?.marketing).toMatchObject({
      canReceiveSmsMarketing: true,
      consent: 'SUBSCRIBED',
      method: 'TEXT',
      methodDetail: 'JOIN',
    })
    expect(body.included).toMatchObject([{ type: 'conversation', attributes: { channel: 'sms' } }])
  })

  it('reads only the fields it asks for', async () => {
    const { body } = await sdk.profiles.getProfiles({ fieldsProfile: ['email'], pageSize: 1 })
    const [first] = body.data
    expect(JSON.parse(JSON.stringify(first?.attributes))).toEqual({
      email: 'sarah.lind@example.com',
    })
  })

  it('walks a list from page to page to its end, each profile once', async () => {
    const ids: unknown[] = []
    let pageCursor: string | null = null
    do {
      const { body }: ProfilePage = await sdk.profiles.getProfiles({
        pageSize: 2,
        sort: '-created',
        ...(pageCursor === null ? {} : { pageCursor }),
      })
      ids.push(...body.data.map(({ id }) => id))
      pageCursor = nextCursor(body.links)
    } while (pageCursor !== null)
    expect(ids).toHaveLength(5)
    expect(new Set(ids).size).toBe(5)
  })

  it('creates it, and learns of the one that has the number already', async () => {
    const made = await sdk.profiles.createProfile(profile({ phoneNumber: '+14155559999' }))
    expect(made.response.status).toBe(201)
    const again = sdk.profiles.createProfile(profile({ phoneNumber: '+14155559999' }))
    expect(await refusalOf(again)).toMatchObject({
      status: 409,
      code: 'duplicate_profile',
      meta: { duplicate_profile_id: made.body.data.id },
    })
  })

  it('creates or updates it: 201 for the first, 200 for the next, null clears', async () => {
    const attributes = { email: 'new@example.com', firstName: 'Nina', properties: { size: 'M' } }
    const first = await sdk.profiles.createOrUpdateProfile(profile(attributes))
    const next = await sdk.profiles.createOrUpdateProfile(
      profile({ email: 'new@example.com', firstName: null, properties: { colour: 'red' } }),
    )
    expect([first.response.status, next.response.status]).toEqual([201, 200])
    expect(next.body.data.id).toBe(first.body.data.id)
    expect(next.body.data.attributes).toMatchObject({ properties: { size: 'M', colour: 'red' } })
    expect(next.body.data.attributes.firstName).toBeNull()
  })

  it('updates it, but never to a number of somebody else', async () => {
    const { body } = await sdk.profiles.getProfiles(byPhone(SARAH))
    const id = body.data[0]?.id ?? ''
    const changed = await sdk.profiles.updateProfile(id, {
      data: { type: ProfileEnum.Profile, id, attributes: { lastName: 'Berg' } },
    })
    expect(changed.body.data.attributes.lastName).toBe('Berg')
    const taken = sdk.profiles.updateProfile(id, {
      data: { type: ProfileEnum.Profile, id, attributes: { phoneNumber: '+14155550112' } },
    })
    expect(await refusalOf(taken)).toMatchObject({ status: 409, code: 'duplicate_profile' })
  })

  it.each([
    ['an id that nobody has', (id: string) => sdk.profiles.getProfile(id), 404, 'not_found'],
    [
      'a field that profiles have not',
      () =>
        contract
          .call('GET', '/api/profiles?fields[profile]=shoe_size')
          .then(({ status, body }) => Promise.reject({ response: { status, data: body } })),
      400,
      'invalid',
    ],
    ['a filter that is none', () => sdk.profiles.getProfiles({ filter: 'email' }), 400, 'invalid'],
    [
      'a field that cannot be filtered',
      () => sdk.profiles.getProfiles({ filter: 'equals(first_name,"x")' }),
      400,
      'invalid',
    ],
    ['a number that is none', () => sdk.profiles.getProfiles(byPhone('12')), 400, 'invalid'],
    ['a page that is too large', () => sdk.profiles.getProfiles({ pageSize: 101 }), 400, 'invalid'],
    [
      'a profile without a name',
      () => sdk.profiles.createProfile(profile({ firstName: 'x' })),
      400,
      'invalid',
    ],
    [
      'a number that cannot be',
      () => sdk.profiles.createProfile(profile({ phoneNumber: '1' })),
      400,
      'invalid',
    ],
  ])('is refused %s', async (_what, call, status, code) => {
    expect(await refusalOf(call('01J0000000000000000000NONE'))).toMatchObject({ status, code })
  })
})
