import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, startTestSandbox, type TestSandbox } from '../sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterAll(() => sandbox.close())

const studio = (method: string, path: string, body?: unknown) =>
  call(`${sandbox.controlUrl}/studio${path}`, method, body, {})

describe('an agent at the desk', () => {
  const agentEmail = 'bo@example.com'
  const ticket = async (id: number) => (await sandbox.control('GET', `/tickets/${id}`)).body

  it('gives a ticket to another, and to nobody', async () => {
    await studio('PUT', '/tickets/3/assignee', { agentEmail, assigneeEmail: 'agent@example.com' })
    expect((await ticket(3)).assignee.name).toBe('Alva Agent')
    await studio('PUT', '/tickets/3/assignee', { agentEmail, assigneeEmail: null })
    expect((await ticket(3)).assignee).toBeNull()
  })

  it.each([
    [999, 'agent@example.com', 404],
    [3, 'nobody@example.com', 404],
    [3, 'emil.strand@customer.example', 404],
    [11, 'agent@example.com', 422],
  ])('cannot give ticket %i to %s: %i', async (id, assigneeEmail, status) => {
    const answer = await studio('PUT', `/tickets/${id}/assignee`, { agentEmail, assigneeEmail })
    expect(answer.status).toBe(status)
  })

  it('submits words and a status as one update', async () => {
    const before = (await ticket(3)).audits.length
    const body = { agentEmail, body: 'Is it this one?', public: true, status: 'pending' }
    await sandbox.control('POST', '/tickets/3/comments', body)
    const after = await ticket(3)
    expect(after).toMatchObject({ status: 'pending' })
    expect(after.audits).toHaveLength(before + 1)
  })

  it('cannot submit a ticket as closed', async () => {
    const body = { agentEmail, body: 'x', status: 'closed' }
    expect((await sandbox.control('POST', '/tickets/3/comments', body)).status).toBe(400)
  })
})
