import {
  type ListCreateQuery,
  ListEnum,
  ListsApi,
  ProfileEnum,
  type SegmentCreateQuery,
} from 'klaviyo-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type ContractSandbox,
  createSdk,
  keySession,
  refusalOf,
  type Sdk,
  startContractSandbox,
} from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

let contract: ContractSandbox
let sdk: Sdk
let lists: ListsApi
beforeAll(async () => {
  contract = await startContractSandbox()
  sdk = createSdk(contract.url)
  lists = new ListsApi(keySession())
  lists.basePath = contract.url
})
beforeEach(() => contract.control('POST', '/reset').then(() => contract.unlimited()))
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('lists', contract.exchanges)
})

async function create(name = 'Newsletter'): Promise<string> {
  const query: ListCreateQuery = { data: { type: ListEnum.List, attributes: { name } } }
  const { response, body } = await lists.createList(query)
  expect(response.status).toBe(201)
  return body.data.id
}

async function profileIds(): Promise<string[]> {
  const { body } = await sdk.profiles.getProfiles()
  return body.data.map(({ id }) => String(id))
}

const members = (...ids: readonly string[]) => ({
  data: ids.map((id) => ({ type: ProfileEnum.Profile, id })),
})

describe('a list', () => {
  it('holds whom it is given, once, in order, with the time of joining', async () => {
    const id = await create()
    const [first = '', second = ''] = await profileIds()
    expect((await lists.addProfilesToList(id, members(second))).response.status).toBe(204)
    contract.sandbox.world.clock.advance(60_000)
    await lists.addProfilesToList(id, members(first, second))
    const { body } = await lists.getProfilesForList(id)
    expect(body.data.map((profile) => profile.id)).toEqual([second, first])
    const [early, late] = body.data.map(({ attributes }) => attributes.joinedGroupAt.getTime())
    expect((late ?? 0) - (early ?? 0)).toBeGreaterThanOrEqual(60_000)
    const backwards = await lists.getProfileIdsForList(id, { sort: '-joined_group_at' })
    expect(backwards.body.data.map((profile) => profile.id)).toEqual([first, second])
    const counted = await lists.getList(id, { additionalFieldsList: ['profile_count'] })
    expect(counted.body.data.attributes.profileCount).toBe(2)
  })

  it('lets go of whom it is told, and is found from the profile', async () => {
    const id = await create()
    const [first = '', second = ''] = await profileIds()
    await lists.addProfilesToList(id, members(first, second))
    expect((await lists.removeProfilesFromList(id, members(second))).response.status).toBe(204)
    const found = async (profile: string) => {
      const { body } = await sdk.profiles.getListsForProfile(profile)
      const ids = await sdk.profiles.getListIdsForProfile(profile)
      expect(ids.body.data.map((list) => list.id)).toEqual(body.data.map((list) => list.id))
      return body.data.map((list) => list.id)
    }
    expect([await found(first), await found(second)]).toEqual([[id], []])
  })

  it('has nothing to do with consent', async () => {
    const id = await create()
    const stranger = '+14155550113'
    const filter = `equals(phone_number,"${stranger}")`
    const { body } = await sdk.profiles.getProfiles({ filter })
    await lists.addProfilesToList(id, members(String(body.data[0]?.id)))
    const held = await contract.control<{ subscriptions: { sms: object } }>(
      'GET',
      `/profiles/${encodeURIComponent(stranger)}`,
    )
    expect(held.subscriptions.sms).toMatchObject({ marketing: { consent: 'NEVER_SUBSCRIBED' } })
  })

  it('makes a segment of those on it, or not on it', async () => {
    const id = await create()
    const [first = ''] = await profileIds()
    await lists.addProfilesToList(id, members(first))
    const sizeOf = async (isMember: boolean) => {
      const condition = { type: 'profile-group-membership', isMember, groupIds: [id] }
      const definition = { conditionGroups: [{ conditions: [condition] }] }
      const data = { type: 'segment', attributes: { name: `member ${isMember}`, definition } }
      const made = await sdk.segments.createSegment({ data } as unknown as SegmentCreateQuery)
      return (await sdk.segments.getProfileIdsForSegment(made.body.data.id)).body.data.length
    }
    expect([await sizeOf(true), await sizeOf(false)]).toEqual([1, 4])
  })

  it('is listed, renamed and deleted', async () => {
    const id = await create()
    await create('Other')
    const listed = await lists.getLists({ filter: 'equals(name,"Newsletter")' })
    expect(listed.body.data.map((list) => list.id)).toEqual([id])
    const renamed = await lists.updateList(id, {
      data: { type: ListEnum.List, id, attributes: { name: 'News' } },
    })
    expect(renamed.body.data.attributes.name).toBe('News')
    expect((await lists.deleteList(id)).response.status).toBe(204)
    expect(await refusalOf(lists.getList(id))).toMatchObject({ status: 404 })
  })

  it('has no tags and starts no flow, for neither can be made', async () => {
    const id = await create()
    for (const { body } of [
      await lists.getTagsForList(id),
      await lists.getTagIdsForList(id),
      await lists.getFlowsTriggeredByList(id),
      await lists.getIdsForFlowsTriggeredByList(id),
    ]) {
      expect(body.data).toEqual([])
    }
    expect(await refusalOf(lists.getTagsForList('none'))).toMatchObject({ status: 404 })
  })

  it('takes only profiles that are there', async () => {
    const id = await create()
    const refused = lists.addProfilesToList(id, members('none'))
    expect(await refusalOf(refused)).toMatchObject({ status: 400, code: 'invalid' })
    const nowhere = lists.addProfilesToList('none', members((await profileIds())[0] ?? ''))
    expect(await refusalOf(nowhere)).toMatchObject({ status: 404 })
  })
})
