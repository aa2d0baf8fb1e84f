import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { list, refusal, result, startVendorSandbox, type VendorSandbox } from './vendor-client.ts'

let vendor: VendorSandbox
beforeAll(async () => {
  vendor = await startVendorSandbox('account and rules')
})
afterAll(() => vendor.close())

const SMS_TAG = { field: 'current_tags', operator: 'includes', value: 'sms' }

describe('what an account is made of, by node-zendesk', () => {
  it('is brands, groups, fields and macros', async () => {
    const { client } = vendor
    const brands = await result(client.brand.list())
    expect(brands.map(({ name }: Named) => name)).toEqual(['Nordlys', 'Fjell', 'Skog'])
    expect((await result(client.brand.show(brands[1].id))).brand).toMatchObject({ name: 'Fjell' })
    const groups = await list(client.groups.list())
    expect(groups.map(({ name }) => name)).toEqual(['Support', 'Returns'])
    expect(await result(client.groups.show(groups[1].id))).toMatchObject({ name: 'Returns' })
    expect((await list(client.groups.assignable())).length).toBe(2)
    const fields = await list(client.ticketfields.list())
    expect(fields.map(({ type }) => type)).toContain('tagger')
    const reason = fields.find(({ title }) => title === 'Reason')
    const options = await result(client.ticketfields.listOptions(reason?.id))
    expect(options.custom_field_options[0]).toMatchObject({ value: 'late_delivery' })
    const macros = await list(client.macros.list())
    expect(macros.map(({ title }) => title)).toContain('Thank the customer')
    expect(await list(client.tags.list())).toEqual([{ name: 'email', count: 12 }])
  })
})

describe('rules, by node-zendesk', () => {
  it('that are triggers are made, found, changed and deleted', async () => {
    const { triggers } = vendor.client
    const made = await result(
      triggers.create({
        trigger: {
          title: 'Tag SMS',
          all: [SMS_TAG],
          actions: [{ field: 'current_tags', value: 'seen' }],
        },
      }),
    )
    expect(made).toMatchObject({ title: 'Tag SMS', active: true, conditions: { all: [SMS_TAG] } })
    const ticket = { comment: { body: 'x' }, tags: ['sms'] }
    expect((await result(vendor.client.tickets.create({ ticket }))).tags).toEqual(['sms', 'seen'])

    expect((await result(triggers.search('tag sms')))[0].id).toBe(made.id)
    await triggers.update(made.id, { trigger: { active: false } })
    expect((await list(triggers.listActive())).map(({ id }) => id)).not.toContain(made.id)
    await triggers.delete(made.id)
    expect((await refusal(triggers.show(made.id))).statusCode).toBe(404)
  })

  it('that are automations need a time, and close what is due', async () => {
    const { automations, tickets } = vendor.client
    const solved = { field: 'status', operator: 'is', value: 'solved' }
    const due = { field: 'SOLVED', operator: 'greater_than', value: '23' }
    const close = { title: 'Close SMS', actions: [{ field: 'status', value: 'closed' }] }
    const refused = await refusal(automations.create({ automation: { ...close, all: [solved] } }))
    expect(refused.statusCode).toBe(422)
    await automations.create({ automation: { ...close, all: [solved, due] } })

    const ticket = { comment: { body: 'x' }, assignee_email: 'agent@example.com', status: 'solved' }
    const { id } = await result(tickets.create({ ticket }))
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 26 * 3_600_000 })
    await vendor.sandbox.control('POST', '/run-automations')
    const fresh = vendor.clientOfApiToken('admin@example.com')
    expect(await result(fresh.tickets.show(id))).toMatchObject({ status: 'closed' })
  })

  it('that are views are made, counted, listed and run', async () => {
    const { views, tickets } = vendor.clientOfApiToken('admin@example.com')
    const open = { field: 'status', operator: 'less_than', value: 'closed' }
    const output = { columns: ['status', 'subject', 'requester'] }
    const view = { title: 'SMS tickets', all: [open, SMS_TAG], output }
    const made = await result(views.create({ view }))
    const ticket = { subject: 'In view', comment: { body: 'x' }, tags: ['sms'] }
    const { id, requester_id } = await result(tickets.create({ ticket }))

    const [page] = await list(views.tickets(made.id))
    expect(page.tickets).toContainEqual(expect.objectContaining({ id }))
    const { view_count } = await result(views.showCount(made.id))
    expect(view_count).toMatchObject({ view_id: made.id, fresh: true })
    const [run] = await list(views.execute(made.id))
    expect(run).toMatchObject({ id: made.id, execution: { sort_by: 'created' } })
    const { body } = await vendor.sandbox.api('GET', `/views/${made.id}/execute`, undefined, {
      authorization: `Basic ${btoa('admin@example.com/token:sandbox-api-token')}`,
    })
    expect(body.columns.map((column: { title: string }) => column.title)).toEqual([
      'Status',
      'Subject',
      'Requester',
    ])
    expect(body.rows).toContainEqual(
      expect.objectContaining({ subject: 'In view', requester: requester_id }),
    )
  })
})

type Named = { readonly name: string }
