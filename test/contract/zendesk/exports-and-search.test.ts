import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { list, result, startVendorSandbox, type VendorSandbox } from './vendor-client.ts'

let vendor: VendorSandbox
beforeAll(async () => {
  vendor = await startVendorSandbox('exports and search')
})
beforeEach(async () => {
  await vendor.sandbox.control('PUT', '/limits', { enabled: false })
})
afterAll(() => vendor.close())

const advance = (advanceMs: number) => vendor.sandbox.control('POST', '/clock', { advanceMs })
const create = (ticket: object = {}) =>
  result(vendor.client.tickets.create({ ticket: { comment: { body: 'Hello' }, ...ticket } }))
const idsOf = (items: { id: number }[]) => items.map(({ id }) => id)

describe('an incremental export, by node-zendesk', () => {
  it('of tickets by cursor leaves out the latest minute', async () => {
    const { id } = await create()
    const at = async () => result(vendor.client.ticketexport.exportCursor(0, ''))
    const before = await at()
    await advance(61_000)
    const after = await at()
    expect(idsOf(before.tickets)).not.toContain(id)
    expect(idsOf(after.tickets)).toContain(id)
    expect(after.end_of_stream).toBe(true)
    const next = await result(vendor.client.ticketexport.exportCursor(0, after.after_cursor))
    expect(next.tickets).toEqual([])
  })

  it('of tickets by time names the users and groups that were asked for', async () => {
    const page = await result(vendor.client.ticketexport.exportWithUser(0))
    expect(page.count).toBe(page.tickets.length)
    expect(idsOf(page.users)).toContain(page.tickets[0].requester_id)
    expect(page.groups.length).toBeGreaterThan(0)
  })

  it('of ticket events tells comments when they are included', async () => {
    const { id } = await create({ comment: { body: 'Tell me' } })
    await advance(61_000)
    const events = await list(vendor.client.ticketevents.incrementalInclude(0, 'comment_events'))
    const own = events.filter((event) => event.ticket_id === id)
    expect(own[0].child_events).toContainEqual(
      expect.objectContaining({ event_type: 'Comment', body: 'Tell me' }),
    )
  })

  it('of users tells who is new', async () => {
    const { id } = await result(vendor.client.users.create({ user: { name: 'New' } }))
    await advance(61_000)
    expect(idsOf(await list(vendor.client.users.incremental(0)))).toContain(id)
  })
})

describe('Search, by node-zendesk', () => {
  it('lags, then finds, counts and exports', async () => {
    const { id } = await create({ tags: ['rare'] })
    const query = 'type:ticket tags:rare'
    expect(await result(vendor.client.search.query(query))).toEqual([])
    await advance(5_000)
    expect(idsOf(await list(vendor.client.search.queryAll(query)))).toEqual([id])
    expect((await result(vendor.client.search.showResultsCount(query))).count).toBe(1)
    const exported = await list(vendor.client.search.exportResults('tags:rare', 'ticket', 1))
    expect(idsOf(exported)).toEqual([id])
  })

  it('exports more than a page of it', async () => {
    const made = [await create({ tags: ['many'] }), await create({ tags: ['many'] })]
    await advance(5_000)
    const exported = await list(vendor.client.search.exportResults('tags:many', 'ticket', 1))
    expect(idsOf(exported)).toEqual(idsOf(made))
  })
})
