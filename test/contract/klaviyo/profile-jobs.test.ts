import type {
  ProfileMergeQuery,
  SubscriptionCreateJobCreateQuery,
  SubscriptionDeleteJobCreateQuery,
} from 'klaviyo-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type ContractSandbox,
  createSdk,
  refusalOf,
  type Sdk,
  startContractSandbox,
} from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

const STRANGER = '+14155550113'
const STRANGER_PATH = encodeURIComponent(STRANGER)

let contract: ContractSandbox
let sdk: Sdk
beforeAll(async () => {
  contract = await startContractSandbox()
  sdk = createSdk(contract.url)
})
beforeEach(() => contract.control('POST', '/reset').then(() => contract.unlimited()))
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('merges and consent', contract.exchanges)
})

async function idOf(field: string, value: string): Promise<string | undefined> {
  const { body } = await sdk.profiles.getProfiles({ filter: `equals(${field},"${value}")` })
  return body.data[0]?.id ?? undefined
}

/** The SDK's enums carry nothing that the words do not. */
function mergeQuery(kept: string, source: string): ProfileMergeQuery {
  const relationships = { profiles: { data: [{ type: 'profile', id: source }] } }
  return {
    data: { type: 'profile-merge', id: kept, relationships },
  } as unknown as ProfileMergeQuery
}

function consentJob(consent: string, attributes: object, more: object = {}, job: object = {}) {
  const subscriptions = { sms: { marketing: { consent, ...more } } }
  const person = { type: 'profile', attributes: { ...attributes, subscriptions } }
  const kind = consent === 'SUBSCRIBED' ? 'create' : 'delete'
  const type = `profile-subscription-bulk-${kind}-job`
  return { data: { type, attributes: { profiles: { data: [person] }, ...job } } } as unknown
}

const subscribe = (attributes: object, more: object = {}, job: object = {}) =>
  sdk.profiles.bulkSubscribeProfiles(
    consentJob('SUBSCRIBED', attributes, more, job) as SubscriptionCreateJobCreateQuery,
  )
const unsubscribe = (attributes: object) =>
  sdk.profiles.bulkUnsubscribeProfiles(
    consentJob('UNSUBSCRIBED', attributes) as SubscriptionDeleteJobCreateQuery,
  )

async function consentOf(number: string) {
  const { body } = await sdk.profiles.getProfiles({
    filter: `equals(phone_number,"${number}")`,
    additionalFieldsProfile: ['subscriptions'],
  })
  return body.data[0]?.attributes.subscriptions?.sms?.marketing
}

const metricsOf = async () =>
  (await contract.control<{ metric: string }[]>('GET', '/events')).map(({ metric }) => metric)

describe('two profiles of one person', () => {
  it('become one: the source is gone, its number, events and conversation stay', async () => {
    const text = { to: '+18005550100', body: 'Hello' }
    await contract.control('POST', `/phones/${STRANGER_PATH}/messages`, text)
    const made = await sdk.profiles.createProfile({
      data: {
        type: 'profile',
        attributes: { email: 'kim@example.com', firstName: 'Kim' },
      } as never,
    })
    const kept = made.body.data.id ?? ''
    const source = (await idOf('phone_number', STRANGER)) ?? ''
    const { response, body } = await sdk.profiles.mergeProfiles(mergeQuery(kept, source))
    expect([response.status, body.data.id]).toEqual([201, kept])

    await expect.poll(() => idOf('phone_number', STRANGER)).toBe(kept)
    expect(await refusalOf(sdk.profiles.getProfile(source))).toMatchObject({ status: 404 })
    const { attributes } = (await sdk.profiles.getProfile(kept)).body.data
    expect(attributes).toMatchObject({ email: 'kim@example.com', firstName: 'Kim' })
    const events = await sdk.events.getEvents({ filter: `equals(profile_id,"${kept}")` })
    expect(events.body.data).toHaveLength(1)
    expect((await sdk.profiles.getConversationsForProfile(kept)).body.data).toHaveLength(1)
  })

  it('are both needed, and two', async () => {
    const id = (await idOf('phone_number', STRANGER)) ?? ''
    const missing = sdk.profiles.mergeProfiles(mergeQuery(id, 'none'))
    expect(await refusalOf(missing)).toMatchObject({ status: 404 })
    const itself = sdk.profiles.mergeProfiles(mergeQuery(id, id))
    expect(await refusalOf(itself)).toMatchObject({ status: 400 })
  })
})

describe('consent by a job', () => {
  it('is given, with its event, also to somebody who was not known', async () => {
    for (const phoneNumber of [STRANGER, '+14155558888']) {
      expect((await subscribe({ phoneNumber })).response.status).toBe(202)
      expect(await consentOf(phoneNumber)).toMatchObject({ consent: 'SUBSCRIBED' })
    }
    const told = 'Subscribed to Text Messaging Marketing'
    expect(await metricsOf()).toEqual([told, told])
  })

  it('is taken away, with its event, once', async () => {
    for (const _ of [1, 2]) await unsubscribe({ phoneNumber: '+14155550111' })
    expect(await consentOf('+14155550111')).toMatchObject({ consent: 'UNSUBSCRIBED' })
    expect(await metricsOf()).toEqual(['Unsubscribed from Text Messaging Marketing'])
  })

  it('by a list of single opt-in puts on the list too; one of double opt-in is not emulated', async () => {
    const made = async (opt_in_process: string) => {
      const data = { type: 'list', attributes: { name: 'News', opt_in_process } }
      return (await contract.call('POST', '/api/lists', { body: { data } })).body.data.id
    }
    const subscribeTo = (id: string) => {
      const job = consentJob('SUBSCRIBED', {}) as { data: object }
      const marketing = { consent: 'SUBSCRIBED' }
      const attributes = { phone_number: STRANGER, subscriptions: { sms: { marketing } } }
      const profiles = { data: [{ type: 'profile', attributes }] }
      const relationships = { list: { data: { type: 'list', id } } }
      const body = { data: { ...job.data, attributes: { profiles }, relationships } }
      return contract.call('POST', '/api/profile-subscription-bulk-create-jobs', { body })
    }
    const single = await made('single_opt_in')
    expect((await subscribeTo(single)).status).toBe(202)
    expect(await consentOf(STRANGER)).toMatchObject({ consent: 'SUBSCRIBED' })
    const { body } = await contract.call('GET', `/api/lists/${single}/relationships/profiles`)
    expect(body.data).toHaveLength(1)
    expect((await subscribeTo(await made('double_opt_in'))).status).toBe(501)
    expect((await subscribeTo('none')).status).toBe(404)
  })

  it('that is older is kept with its time and without an event', async () => {
    const consentedAt = new Date('2026-01-01T00:00:00Z')
    await subscribe({ phoneNumber: STRANGER }, { consentedAt }, { historicalImport: true })
    const { consentTimestamp } = (await consentOf(STRANGER)) ?? {}
    expect(consentTimestamp).toEqual(consentedAt)
    expect(await metricsOf()).toEqual([])
  })

  it.each<[string, () => Promise<unknown>, number]>([
    ['nobody', () => subscribe({}), 400],
    ['a number that is none', () => subscribe({ phoneNumber: '12' }), 400],
    [
      'a time without an import',
      () => subscribe({ phoneNumber: STRANGER }, { consentedAt: new Date(0) }),
      400,
    ],
    [
      'an import without a time',
      () => subscribe({ phoneNumber: STRANGER }, {}, { historicalImport: true }),
      400,
    ],
  ])('is refused for %s', async (_what, call, status) => {
    expect(await refusalOf(call())).toMatchObject({ status })
  })

  it('for e-mail is not emulated, and says so', async () => {
    const answer = await contract.call('POST', '/api/profile-subscription-bulk-create-jobs', {
      body: {
        data: {
          type: 'profile-subscription-bulk-create-job',
          attributes: {
            profiles: {
              data: [
                {
                  type: 'profile',
                  attributes: {
                    email: 'a@example.com',
                    subscriptions: { email: { marketing: { consent: 'SUBSCRIBED' } } },
                  },
                },
              ],
            },
          },
        },
      },
    })
    expect([answer.status, answer.body.errors[0].code]).toEqual([501, 'not_emulated'])
  })
})
