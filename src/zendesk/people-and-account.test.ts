import { afterEach, describe, expect, it } from 'vitest'
import type { ZendeskUserId } from '../kernel/ids.ts'
import { ok } from '../kernel/result.ts'
import { createAccount } from './account.ts'
import { type ScriptedZendesk, startZendesk } from './testing/scripted-zendesk.ts'
import { createUsers } from './users.ts'

let zendesk: ScriptedZendesk

async function start(reply: Parameters<typeof startZendesk>[0]) {
  zendesk = await startZendesk(reply)
  return zendesk.transport
}

afterEach(() => zendesk.close())

const userId = '377922500012' as ZendeskUserId
const person = {
  id: 377922500012,
  name: 'Ida',
  email: null,
  phone: '+14155550111',
  role: 'end-user',
}

describe('people and account', () => {
  it('find a user by exact external id only', async () => {
    const users = [{ ...person, external_id: 'KLAVIYO:1' }]
    const transport = await start(() => ({ status: 200, body: { users } }))
    expect(await createUsers(transport).findByExternalId('klaviyo:1')).toEqual(ok(null))
    expect(await createUsers(transport).findByExternalId('KLAVIYO:1')).toMatchObject({
      value: { id: userId },
    })
  })

  it('search a phone number with its plus sign intact', async () => {
    const transport = await start(() => ({ status: 200, body: { users: [] } }))
    await createUsers(transport).searchByPhone('+14155550111')
    expect(zendesk.sentQuery()).toEqual({ query: 'phone:+14155550111' })
  })

  it('never send an e-mail search that would mean something else', async () => {
    const transport = await start(() => ({ status: 500 }))
    expect(await createUsers(transport).searchByEmail('a@b.c role:admin')).toEqual(ok([]))
  })

  it('take an anonymous answer for what it is', async () => {
    const transport = await start(() => ({
      status: 200,
      body: { user: { id: null, name: 'Anonymous user' } },
    }))
    expect(await createAccount(transport).me()).toMatchObject({ problem: { kind: 'unauthorised' } })
  })

  it('list brands to the end', async () => {
    const transport = await start((_, count) => ({
      status: 200,
      body: {
        brands: [{ id: count, name: `b${count}` }],
        meta: { has_more: count < 3, after_cursor: `c${count}` },
      },
    }))
    const brands = await createAccount(transport).brands()
    expect(brands.ok && brands.value.map(({ id }) => id)).toEqual(['1', '2', '3'])
  })

  it('stop at a cursor that does not advance', async () => {
    const meta = { has_more: true, after_cursor: 'same' }
    const transport = await start(() => ({ status: 200, body: { brands: [], meta } }))
    expect(await createAccount(transport).brands()).toMatchObject({
      problem: { kind: 'unavailable' },
    })
  })
})
