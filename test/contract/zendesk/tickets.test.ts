import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { list, result, startVendorSandbox, type VendorSandbox } from './vendor-client.ts'

let vendor: VendorSandbox
beforeAll(async () => {
  vendor = await startVendorSandbox('tickets')
  await vendor.sandbox.control('PUT', '/limits', { enabled: false })
})
afterAll(() => vendor.close())

const tickets = () => vendor.client.tickets
const create = (more: object = {}) =>
  result(tickets().create({ ticket: { subject: 'Parcel', comment: { body: 'Hello' }, ...more } }))

describe('a ticket, by node-zendesk', () => {
  it('is created with a customer as its first author, and shown', async () => {
    const user = await result(vendor.client.users.create({ user: { name: 'Kim Lund' } }))
    const made = await create({
      requester_id: user.id,
      submitter_id: user.id,
      tags: ['sms'],
      external_id: 'replyline:1',
    })
    expect(made).toMatchObject({
      status: 'new',
      requester_id: user.id,
      submitter_id: user.id,
      tags: ['sms'],
      via: { channel: 'api' },
    })
    expect(await result(tickets().show(made.id))).toMatchObject({ id: made.id, subject: 'Parcel' })
    const [comment] = await list(tickets().getComments(made.id))
    expect(comment).toMatchObject({ author_id: user.id, body: 'Hello', public: true })
  })

  it('is updated with a comment whose id stands in its audit', async () => {
    const { id } = await create()
    const ticket = {
      status: 'open',
      comment: { body: 'A note', public: false },
      metadata: { replyline: { effect: '7' } },
    }
    expect(await result(tickets().update(id, { ticket }))).toMatchObject({ id, status: 'open' })
    const comments = await list(tickets().getComments(id))
    const audits = await list(vendor.client.ticketaudits.list(id))
    expect(audits.at(-1).metadata.custom).toEqual({ replyline: { effect: '7' } })
    expect(audits.at(-1).events).toContainEqual(
      expect.objectContaining({ type: 'Comment', id: comments.at(-1).id, public: false }),
    )
    const shown = await result(vendor.client.ticketaudits.show(id, audits[0].id))
    expect(shown).toMatchObject({ id: audits[0].id })
    const { count } = await result(vendor.client.ticketaudits.count(id))
    expect(count.value).toBe(audits.length)
  })

  it('shows who it concerns when users are side-loaded', async () => {
    const side = vendor.clientOfApiToken('admin@example.com').tickets
    side.setSideLoad(['users', 'groups'])
    expect(await result(side.show(3))).toMatchObject({
      requester: { name: 'Ingrid Moe' },
      assignee: { email: 'bo@example.com' },
    })
  })

  it('gets tags added, set and removed', async () => {
    const { id } = await create({ tags: ['a'] })
    expect(await list(tickets().addTags(id, { tags: ['b'] }))).toEqual([{ tags: ['a', 'b'] }])
    expect(await list(tickets().updateTags(id, { tags: ['c'] }))).toEqual([{ tags: ['c'] }])
  })

  it('is deleted, listed as deleted, and gone for readers', async () => {
    const { id } = await create()
    await tickets().delete(id)
    await expect(tickets().show(id)).rejects.toMatchObject({ statusCode: 404 })
    const { body } = await vendor.sandbox.api('GET', '/deleted_tickets')
    expect(body.deleted_tickets).toContainEqual(expect.objectContaining({ id }))
  })
})

describe('many tickets, by node-zendesk', () => {
  beforeEach(() => vendor.sandbox.control('POST', '/clock', { advanceMs: 2_000 }))

  it('come whole over several cursor pages', async () => {
    for (let count = 0; count < 120; count += 1) await create()
    const all = await list(tickets().list())
    expect(all.length).toBeGreaterThan(120)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  it('of one requester are found at once', async () => {
    const user = await result(vendor.client.users.create({ user: { name: 'Ola Nord' } }))
    const made = await create({ requester_id: user.id })
    const found = await list(tickets().listByUserRequested(user.id))
    expect(found.map(({ id }) => id)).toEqual([made.id])
  })

  it('assigned to an agent are found', async () => {
    const { assignee_id } = await result(tickets().show(3))
    const found = await list(tickets().listAssigned(assignee_id))
    expect(found.map(({ id }) => id)).toContain(3)
  })

  it('are shown by their numbers, and found by external_id', async () => {
    const { id } = await create({ external_id: 'shop-7' })
    const shown = await result(tickets().showMany([1, id, 999_999]))
    expect(shown.map((one: { id: number }) => one.id)).toEqual([1, id])
    const found = await list(tickets().listWithFilter('external_id', 'shop-7'))
    expect(found.map((one) => one.id)).toEqual([id])
  })

  it('are created, updated and deleted by jobs that the client watches', async () => {
    const lines = [{ subject: 'A', comment: { body: 'a' } }, { subject: 'B' }]
    const made = await finished(tickets().createMany({ tickets: lines }))
    const [first, second] = made.results
    expect(second).toEqual({
      index: 1,
      error: 'TicketCreateFailed',
      details: 'Description: cannot be blank',
    })

    const ticket = { additional_tags: ['bulk'] }
    const updated = await finished(tickets().updateMany([first.id, 999_999], { ticket }))
    expect(updated.results).toEqual([
      { id: first.id, action: 'update', status: 'Updated', success: true },
      expect.objectContaining({ id: 999_999, success: false, error: 'RecordNotFound' }),
    ])
    expect((await result(tickets().show(first.id))).tags).toEqual(['bulk'])

    const deleted = await finished(tickets().deleteMany([first.id]))
    expect(deleted).toMatchObject({ status: 'completed', total: 1, progress: 1 })
  })

  it('are merged into one by a job', async () => {
    const [into, from] = [await create(), await create()]
    await finished(tickets().merge(into.id, { ids: [from.id], target_comment: 'Joined' }))
    expect(await result(tickets().show(from.id))).toMatchObject({
      status: 'closed',
      tags: ['closed_by_merge'],
    })
    const [, joined] = await list(tickets().getComments(into.id))
    expect(joined).toMatchObject({ body: 'Joined', public: false })
  })

  it('are named among the jobs of the account', async () => {
    const started = await result(tickets().deleteMany([999_999]))
    const several = await result(vendor.client.jobstatuses.showMany([started.job_status.id]))
    expect(several.job_statuses[0]).toMatchObject({ id: started.job_status.id, total: 1 })
    const all = await result(vendor.client.jobstatuses.list())
    expect(all.job_statuses[0].id).toBe(started.job_status.id)
  })

  /** The client asks until the job is done; the sandbox's clock is moved so that it soon is. */
  async function finished(starting: Promise<unknown>) {
    const { job_status } = await result(starting)
    expect(job_status.status).toBe('queued')
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 1_000 })
    return (await result(vendor.client.jobstatuses.show(job_status.id))).job_status
  }
})
