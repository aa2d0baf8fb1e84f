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

const HOUR_MS = 3_600_000
const emails = async () => (await sandbox.control('GET', '/emails')).body
const statusOf = async (id: number) => (await sandbox.control('GET', `/tickets/${id}`)).body.status

describe('the default triggers mail the requester', () => {
  it('when a customer mails in', async () => {
    const mail = { subject: 'Help', body: 'Hi', requesterEmail: 'rut@customer.example' }
    await sandbox.control('POST', '/tickets', mail)
    expect(await emails()).toMatchObject([
      {
        to: 'rut@customer.example',
        subject: '[Request received] Help',
        rule: 'Notify requester and CCs of received request',
      },
    ])
  })

  it('when a ticket is made through the API, as if it were proactive', async () => {
    const requester = { name: 'Rut', email: 'rut@customer.example' }
    await sandbox.api('POST', '/tickets', { ticket: { requester, comment: { body: 'Hi' } } })
    expect(await emails()).toMatchObject([{ rule: 'Notify requester of new proactive ticket' }])
  })

  it('when somebody comments in public, but not about their own mail', async () => {
    await sandbox.api('PUT', '/tickets/3', { ticket: { comment: { body: 'Hi', public: true } } })
    await sandbox.api('PUT', '/tickets/3', { ticket: { comment: { body: 'psst', public: false } } })
    await sandbox.control('POST', '/tickets/3/comments', { requester: true, body: 'Thanks' })
    expect(await emails()).toMatchObject([
      { to: 'ingrid.moe@customer.example', rule: 'Notify requester and CCs of comment update' },
    ])
  })

  it('unless they have no address, or the trigger leaves the tag out', async () => {
    const ticket = { requester: { name: 'Kim' }, comment: { body: 'Hi' } }
    await sandbox.api('POST', '/tickets', { ticket })
    const { body } = await sandbox.api('GET', '/triggers/search?query=comment update')
    const { id, conditions } = body.triggers[0]
    const condition = { field: 'current_tags', operator: 'not_includes', value: 'sms' }
    const all = [...conditions.all, condition]
    await sandbox.api('PUT', `/triggers/${id}`, { trigger: { all, any: [] } })
    const tagged = { tags: ['sms'], comment: { body: 'Hi', public: true } }
    await sandbox.api('PUT', '/tickets/3', { ticket: tagged })
    expect(await emails()).toEqual([])
  })
})

describe('a trigger', () => {
  it('changes tickets, which the audit tells', async () => {
    const all = [{ field: 'update_type', operator: 'is', value: 'Create' }]
    const actions = [{ field: 'current_tags', value: 'seen' }]
    const made = await sandbox.api('POST', '/triggers', { trigger: { title: 'Tag', all, actions } })
    expect([made.status, made.body.trigger.conditions.all]).toEqual([201, all])
    const { body } = await sandbox.api('POST', '/tickets', { ticket: { comment: { body: 'x' } } })
    expect(body.ticket.tags).toEqual(['seen'])
    expect(body.audit.events).toContainEqual(
      expect.objectContaining({ type: 'Change', field_name: 'tags', value: ['seen'] }),
    )
    expect((await sandbox.api('DELETE', `/triggers/${made.body.trigger.id}`)).status).toBe(204)
  })

  it('that the sandbox cannot carry out is not accepted', async () => {
    const all = [{ field: 'satisfaction_score', operator: 'is', value: 'good' }]
    const actions = [{ field: 'status', value: 'open' }]
    const { status } = await sandbox.api('POST', '/triggers', {
      trigger: { title: 'X', all, actions },
    })
    expect(status).toBe(501)
  })
})

describe('the hourly run', () => {
  const run = () => sandbox.control('POST', '/run-automations')
  const solve = (id: number) =>
    sandbox.control('POST', `/tickets/${id}/status`, { status: 'solved' })

  it('closes a ticket more than 96 hours after it was solved', async () => {
    await solve(3)
    await sandbox.control('POST', '/clock', { advanceMs: 97 * HOUR_MS - 60_000 })
    await run()
    expect(await statusOf(3)).toBe('solved')
    await sandbox.control('POST', '/clock', { advanceMs: 60_000 })
    await run()
    expect(await statusOf(3)).toBe('closed')
  })

  it('comes by itself with a full hour of the clock, unless it is to wait for a request', async () => {
    await solve(3)
    await sandbox.control('PUT', '/settings', { automations_run: 'on_request' })
    await sandbox.control('POST', '/clock', { advanceMs: 98 * HOUR_MS })
    expect(await statusOf(3)).toBe('solved')
    await sandbox.control('PUT', '/settings', { automations_run: 'hourly' })
    await sandbox.control('POST', '/clock', { advanceMs: HOUR_MS })
    await expect.poll(() => statusOf(3)).toBe('closed')
  })

  it('closes after 28 days whatever the rules say', async () => {
    const { automations } = (await sandbox.api('GET', '/automations')).body
    await sandbox.api('PUT', `/automations/${automations[0].id}`, { automation: { active: false } })
    await solve(3)
    await sandbox.control('POST', '/clock', { advanceMs: 28 * 24 * HOUR_MS - 60_000 })
    await run()
    expect(await statusOf(3)).toBe('solved')
    await sandbox.control('POST', '/clock', { advanceMs: 60_000 })
    await run()
    expect(await statusOf(3)).toBe('closed')
  })

  it('misses an `is` condition when its one hour has passed', async () => {
    const all = [
      { field: 'status', operator: 'is', value: 'solved' },
      { field: 'SOLVED', operator: 'is', value: '24' },
    ]
    const automation = { title: 'Close', all, actions: [{ field: 'status', value: 'closed' }] }
    expect((await sandbox.api('POST', '/automations', { automation })).status).toBe(201)
    await solve(3)
    await sandbox.control('POST', '/clock', { advanceMs: 25 * HOUR_MS })
    await run()
    expect(await statusOf(3)).toBe('solved')
  })
})

describe('a view', () => {
  it('needs a condition on a field of the ticket, and at most ten columns', async () => {
    const tagged = { field: 'current_tags', operator: 'includes', value: 'sms' }
    const open = { field: 'status', operator: 'less_than', value: 'closed' }
    const create = (view: object) =>
      sandbox.api('POST', '/views', { view: { title: 'SMS', ...view } })
    expect((await create({ all: [tagged] })).status).toBe(422)
    const columns = Array.from({ length: 11 }, () => 'status')
    expect((await create({ all: [open], output: { columns } })).status).toBe(422)
    const made = await create({ all: [open, tagged], output: { columns: ['status'] } })
    expect([made.status, made.body.view.execution.columns]).toEqual([
      201,
      [{ id: 'status', title: 'Status' }],
    ])
  })
})
