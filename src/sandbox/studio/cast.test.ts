import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, startTestSandbox, type TestSandbox } from '../sandbox-for-tests.ts'

const SARAH = '+14155550111'
const BRAND = '+18005550100'

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

describe('the cast', () => {
  it('names the people of the seed and what sets each apart', async () => {
    const { body } = await studio('GET', '/cast')
    expect(
      body.people.map(({ name, remarks }: { name: string; remarks: string[] }) => [name, remarks]),
    ).toEqual([
      ['Sarah Lind', []],
      ['+14155550112', ['no e-mail']],
      ['+14155550113', ['never subscribed to texts', 'no e-mail']],
      ['Alva', ["shares an agent's e-mail"]],
      ['Maja', ['no e-mail', 'number of SE']],
    ])
  })

  it('follows what people become', async () => {
    await sandbox.control('PUT', `/profiles/${encodeURIComponent(SARAH)}`, {
      smsConsent: 'UNSUBSCRIBED',
    })
    const { body } = await studio('GET', '/cast')
    expect(body.people[0].remarks).toEqual(['opted out of texts'])
  })

  it('offers the numbers, the staff and the macros of the account', async () => {
    const { body } = await studio('GET', '/cast')
    expect(body.numbers).toContainEqual(
      expect.objectContaining({ number: BRAND, canReceive: true }),
    )
    expect(body.numbers).toContainEqual(
      expect.objectContaining({ number: 'NORDLYS', canReceive: false }),
    )
    expect(body.agents.map(({ email }: { email: string }) => email)).toEqual([
      'agent@example.com',
      'bo@example.com',
      'admin@example.com',
    ])
    expect(body.macros).toContainEqual({
      title: 'Return label sent',
      text: 'Hi {{ticket.requester.first_name}},\nyour return label is on its way.',
      does: ['sets the status solved', 'adds the tag return_label'],
    })
  })
})
