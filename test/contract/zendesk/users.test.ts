import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { list, refusal, result, startVendorSandbox, type VendorSandbox } from './vendor-client.ts'

let vendor: VendorSandbox
beforeAll(async () => {
  vendor = await startVendorSandbox('users')
})
// One write a second is all that Zendesk allows for some of these.
beforeEach(() => vendor.sandbox.control('POST', '/clock', { advanceMs: 60_000 }))
afterAll(() => vendor.close())

const users = () => vendor.client.users
const identities = () => vendor.client.useridentities
let serial = 0
const create = (more: object = {}) => {
  serial += 1
  return result(users().create({ user: { name: `Person ${serial}`, ...more } }))
}

describe('a user, by node-zendesk', () => {
  it('needs a name only, and has a phone as an identity', async () => {
    const made = await create({ phone: '+15551230001', external_id: 'klaviyo:A' })
    expect(made).toMatchObject({ role: 'end-user', email: null, phone: '+15551230001' })
    expect(await result(users().show(made.id))).toMatchObject({ external_id: 'klaviyo:A' })
    const [identity] = await list(identities().list(made.id))
    expect(identity).toMatchObject({ type: 'phone_number', value: '+15551230001', primary: true })
  })

  it('is updated, suspended and let back in', async () => {
    const { id } = await create()
    expect(await result(users().update(id, { user: { name: 'Other' } }))).toMatchObject({
      name: 'Other',
    })
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 1_000 })
    expect((await result(users().suspend(id))).suspended).toBe(true)
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 1_000 })
    expect((await result(users().unsuspend(id))).suspended).toBe(false)
  })

  it('is found by phone, e-mail and external_id', async () => {
    const more = { phone: '+15551230002', email: 'found@customer.example', external_id: 'X-2' }
    const { id } = await create(more)
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 5_000 })
    for (const query of [
      { query: 'phone:+15551230002' },
      { query: 'email:found@customer.example' },
      { external_id: 'X-2' },
    ]) {
      const found = await list(users().search(query))
      expect(found.map((one) => one.id)).toEqual([id])
    }
    expect((await result(users().showMany([id, 999]))).map((one: Named) => one.id)).toEqual([id])
  })

  it('is created or updated by e-mail or external_id and never by phone', async () => {
    const user = { name: 'Twice', phone: '+15551230003', external_id: 'X-3' }
    const first = await result(users().createOrUpdate({ user }))
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 1_000 })
    const again = await result(users().createOrUpdate({ user: { ...user, external_id: 'x-3' } }))
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 1_000 })
    const other = await result(users().createOrUpdate({ user: { ...user, external_id: 'X-4' } }))
    expect([again.id, other.id === first.id]).toEqual([first.id, false])
  })

  it('is merged into another, tickets and addresses included', async () => {
    const [keep, gone] = [await create(), await create({ email: 'gone@customer.example' })]
    const ticket = { requester_id: gone.id, comment: { body: 'Hi' } }
    const { id } = await result(vendor.client.tickets.create({ ticket }))
    expect(await result(users().merge(gone.id, keep.id))).toMatchObject({ id: keep.id })
    expect((await result(vendor.client.tickets.show(id))).requester_id).toBe(keep.id)
    expect((await list(identities().list(keep.id)))[0].value).toBe('gone@customer.example')
    expect((await refusal(users().show(gone.id))).statusCode).toBe(404)
  })

  it('is deleted once no ticket is open', async () => {
    const { id } = await create({ email: 'leaves@customer.example' })
    const ticket = { requester_id: id, comment: { body: 'Hi' } }
    const made = await result(vendor.client.tickets.create({ ticket }))
    expect((await refusal(users().delete(id))).statusCode).toBe(422)
    await vendor.client.tickets.update(made.id, { ticket: { status: 'closed' } })
    expect(await result(users().delete(id))).toMatchObject({ id, active: false })
    // The address is free again.
    expect(await create({ email: 'leaves@customer.example' })).toMatchObject({ active: true })
  })

  it('says who the token is', async () => {
    expect(await result(users().me())).toMatchObject({ email: 'admin@example.com', role: 'admin' })
  })

  it('may not come in bulk before support switches that on', async () => {
    for (const call of [users().createMany, users().createOrUpdateMany]) {
      const refused = await refusal(call.call(users(), { users: [{ name: 'A' }] }))
      expect(refused.statusCode).toBe(403)
    }
  })
})

describe('an identity, by node-zendesk', () => {
  it('is added, verified, changed, made primary and taken away', async () => {
    const { id } = await create({ email: 'one@customer.example' })
    const second = await result(
      identities().create(id, { type: 'email', value: 'two@customer.example' }),
    )
    expect(second).toMatchObject({ verified: false, primary: false })
    expect(await result(identities().show(id, second.id))).toEqual(second)
    expect(await result(identities().verify(id, second.id))).toMatchObject({ verified: true })
    await identities().update(id, second.id, { identity: { value: 'three@customer.example' } })
    await identities().makePrimary(id, second.id)
    expect((await result(users().show(id))).email).toBe('three@customer.example')
    await identities().delete(id, second.id)
    expect((await result(users().show(id))).email).toBe('one@customer.example')
    expect((await refusal(identities().show(id, second.id))).statusCode).toBe(404)
  })
})

type Named = { readonly id: number }
