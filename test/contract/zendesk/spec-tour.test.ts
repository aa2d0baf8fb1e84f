import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, startReceiver } from '../../../src/sandbox/sandbox-for-tests.ts'
import { type Json, startVendorSandbox, type VendorSandbox } from './vendor-client.ts'

/**
 * The calls that node-zendesk does not have, or not in this form, by plain HTTP. What the vendor's
 * client calls is held to the documents where it is called.
 */
let vendor: VendorSandbox
beforeAll(async () => {
  vendor = await startVendorSandbox('a tour by plain HTTP')
})
afterAll(() => vendor.close())

const authorization = `Basic ${btoa('admin@example.com/token:sandbox-api-token')}`
const api = async (method: string, path: string, body?: object, status = 200): Promise<Json> => {
  const headers = { authorization }
  const answer = await call(`${vendor.url}/api/v2${path}`, method, body, headers)
  expect([`${method} ${path}`, answer.status]).toEqual([`${method} ${path}`, status])
  return answer.body
}

describe('a tour of the emulated Zendesk', () => {
  it('goes through lists in both directions and by both ways of paging', async () => {
    for (const list of ['tickets', 'users', 'groups', 'ticket_fields', 'macros', 'triggers']) {
      const first = await api('GET', `/${list}?page[size]=1`)
      const after = encodeURIComponent(first.meta.after_cursor)
      const second = await api('GET', `/${list}?page[size]=1&page[after]=${after}`)
      const before = encodeURIComponent(second.meta.before_cursor)
      const back = await api('GET', `/${list}?page[size]=1&page[before]=${before}`)
      expect([list, back[list]]).toEqual([list, first[list]])
      expect((await api('GET', `/${list}?per_page=1&page=2`))[list]).toEqual(second[list])
    }
  })

  it('counts', async () => {
    for (const what of ['tickets', 'users', 'views', 'tickets/3/comments', 'tickets/3/audits']) {
      expect((await api('GET', `/${what}/count`)).count.value).toBeGreaterThan(0)
    }
    const [view] = (await api('GET', '/views')).views
    const { view_counts } = await api('GET', `/views/count_many?ids=${view.id}`)
    expect(view_counts).toMatchObject([{ view_id: view.id, fresh: true }])
  })

  it('deletes a ticket and brings it back', async () => {
    await api('DELETE', '/tickets/5', undefined, 204)
    const { deleted_tickets } = await api('GET', '/deleted_tickets')
    expect(deleted_tickets).toMatchObject([{ id: 5, actor: { name: 'Ada Admin' } }])
    await api('PUT', '/deleted_tickets/5/restore')
    expect((await api('GET', '/tickets/5')).ticket.status).toBe('open')
    await api('DELETE', '/tickets/5', undefined, 204)
    await api('PUT', '/deleted_tickets/restore_many?ids=5')
    await api('GET', '/tickets/5')
  })

  it('reads and changes tags', async () => {
    await api('PUT', '/tickets/3/tags', { tags: ['vip'] })
    await api('POST', '/tickets/3/tags', { tags: ['a', 'b'] }, 201)
    await api('DELETE', '/tickets/3/tags', { tags: ['a'] }, 204)
    expect((await api('GET', '/tickets/3/tags')).tags).toEqual(['b'])
  })

  it('side-loads, on one ticket and on many', async () => {
    const include = 'include=users,groups,brands,comment_count'
    const one = await api('GET', `/tickets/3?${include}`)
    expect(one).toMatchObject({ ticket: { comment_count: 1 }, brands: [{}], groups: [{}] })
    const many = await api('GET', `/tickets/show_many?ids=3,4&${include}`)
    expect(many.users.length).toBeGreaterThan(2)
    await api('GET', '/tickets/3/comments?include=users&sort=-created_at&page[size]=1')
  })

  it('makes a comment private', async () => {
    const [comment] = (await api('GET', '/tickets/4/comments')).comments
    await api('PUT', `/tickets/4/comments/${comment.id}/make_private`)
    expect((await api('GET', '/tickets/4/comments')).comments[0].public).toBe(false)
  })

  it('looks at users, their tickets and what relates to them', async () => {
    const { users } = await api('GET', '/users?role=agent')
    expect((await api('GET', `/users/${users[0].id}/related`)).user_related).toMatchObject({
      requested_tickets: 0,
    })
    await api('GET', `/users/${users[0].id}/tickets/assigned`)
    await api('GET', '/users/search?query=role:admin')
    await api('GET', `/users/show_many?ids=${users[0].id}`)
  })

  it('looks at statuses, fields, groups and rules', async () => {
    const { custom_statuses } = await api('GET', '/custom_statuses')
    await api('GET', `/custom_statuses/${custom_statuses[0].id}`)
    for (const rules of ['triggers', 'automations', 'views']) {
      const [rule] = (await api('GET', `/${rules}`))[rules]
      await api('GET', `/${rules}/${rule.id}`)
      await api('GET', `/${rules}/active`)
      await api('GET', `/${rules}/search?query=${encodeURIComponent(rule.title)}`)
    }
    const [field] = (await api('GET', '/ticket_fields')).ticket_fields
    await api('GET', `/ticket_fields/${field.id}`)
    const [macro] = (await api('GET', '/macros/active')).macros
    await api('GET', `/macros/${macro.id}`)
    await api('GET', '/groups/assignable')
    await api('GET', '/tags')
  })

  it('changes and deletes views and automations', async () => {
    const open = { field: 'status', operator: 'less_than', value: 'solved' }
    const view = { title: 'Open', all: [open] }
    const made = (await api('POST', '/views', { view }, 201)).view
    const output = { columns: ['subject'], sort_by: 'updated' }
    const changed = await api('PUT', `/views/${made.id}`, { view: { output } })
    expect(changed.view.execution).toMatchObject({ sort_by: 'updated' })
    await api('DELETE', `/views/${made.id}`, undefined, 204)
    const [automation] = (await api('GET', '/automations')).automations
    await api('PUT', `/automations/${automation.id}`, { automation: { active: false } })
    await api('DELETE', `/automations/${automation.id}`, undefined, 204)
  })

  it('exports', async () => {
    await api('GET', '/incremental/users/cursor?start_time=0&per_page=5')
    await api('GET', '/incremental/tickets?start_time=0&per_page=5')
    const first = await api('GET', '/incremental/tickets/cursor?start_time=0&per_page=5')
    const next = `cursor=${encodeURIComponent(first.after_cursor)}&per_page=100`
    expect((await api('GET', `/incremental/tickets/cursor?${next}`)).end_of_stream).toBe(true)
    await api('GET', '/incremental/ticket_events?start_time=0&include=comment_events')
  })

  it('filters webhooks and their invocations', async () => {
    const receiver = await startReceiver()
    const webhook = {
      name: 'Tour',
      endpoint: receiver.url,
      http_method: 'POST',
      request_format: 'json',
      status: 'active',
      subscriptions: ['zen:event-type:ticket.created'],
    }
    const { id } = (await api('POST', '/webhooks', { webhook }, 201)).webhook
    await api('POST', '/tickets', { ticket: { comment: { body: 'x' } } }, 201)
    await vendor.sandbox.world.webhooks.zendesk.idle()
    await api('GET', '/webhooks?filter[name_contains]=tour&filter[status]=active&sort=name')
    const { invocations } = await api('GET', `/webhooks/${id}/invocations?filter[status]=success`)
    await api('GET', `/webhooks/${id}/invocations/${invocations[0].id}/attempts`)
    await api('GET', `/webhooks/${id}/signing_secret`)
    await api('POST', `/webhooks/${id}/signing_secret`, undefined, 201)
    await api('PATCH', `/webhooks/${id}`, { webhook: { status: 'inactive' } }, 204)
    await api('DELETE', `/webhooks/${id}`, undefined, 204)
    receiver.close()
  })
})
