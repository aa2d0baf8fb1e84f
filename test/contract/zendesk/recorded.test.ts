import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  startReceiver,
  startTestSandbox,
  type TestSandbox,
} from '../../../src/sandbox/sandbox-for-tests.ts'
import type { Json } from './vendor-client.ts'

const FOLDER = join(import.meta.dirname, '../../../../shared/fixtures/zendesk')
const hasFixtures = existsSync(FOLDER)
if (!hasFixtures) console.warn(`answers are not compared with recorded ones: no ${FOLDER}`)

const recorded = (file: string): Json => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))

describe.skipIf(!hasFixtures)('what the sandbox answers is what was recorded', () => {
  let sandbox: TestSandbox
  beforeAll(async () => {
    sandbox = await startTestSandbox()
  })
  afterAll(() => sandbox.close())

  it('for a closed ticket', async () => {
    const { status, body } = await sandbox.api('PUT', '/tickets/11', { ticket: { tags: ['x'] } })
    expect([status, body]).toEqual([422, recorded('zendesk-go/errors_422_closed_ticket.json')])
  })

  it('for a user without a name', async () => {
    const { status, body } = await sandbox.api('POST', '/users', { user: { name: '' } })
    expect([status, body]).toEqual([422, recorded('zendesk-go/users_create_422.json')])
  })

  it('for too many exports', async () => {
    const path = '/incremental/tickets/cursor?start_time=0'
    for (let count = 0; count < 10; count += 1) await sandbox.api('GET', path)
    const { status, body } = await sandbox.api('GET', path)
    expect([status, body]).toEqual([429, recorded('zendesk-go/errors_429_incremental.json')])
  })

  it('for a new identity, member by member', async () => {
    const { user } = (await sandbox.api('POST', '/users', { user: { name: 'Kim' } })).body
    const identity = { type: 'email', value: 'kim@customer.example' }
    const { status, body } = await sandbox.api('POST', `/users/${user.id}/identities`, { identity })
    const { identity: expected } = recorded('zendesk-go/user_identities_create_201.json')
    expect([status, kindsIn(body.identity)]).toEqual([
      201,
      { ...kindsIn(expected), primary: 'boolean' },
    ])
  })
})

describe.skipIf(!hasFixtures)(
  'what the sandbox delivers has the members of the vendor’s page',
  () => {
    let sandbox: TestSandbox
    let receiver: Awaited<ReturnType<typeof startReceiver>>
    beforeAll(async () => {
      sandbox = await startTestSandbox()
      receiver = await startReceiver()
      const events = ['created', 'comment_added', 'status_changed']
      const webhook = {
        name: 'All',
        endpoint: receiver.url,
        http_method: 'POST',
        request_format: 'json',
        subscriptions: events.map((name) => `zen:event-type:ticket.${name}`),
      }
      await sandbox.api('POST', '/webhooks', { webhook })
      const { body } = await sandbox.api('POST', '/tickets', { ticket: { comment: { body: 'x' } } })
      const path = `/tickets/${body.ticket.id}`
      await sandbox.api('PUT', path, { ticket: { status: 'closed' } })
      await sandbox.world.webhooks.zendesk.idle()
    })
    afterAll(async () => {
      receiver.close()
      await sandbox.close()
    })

    it.each([
      ['created', 'webhook_ticket_created.json'],
      ['comment_added', 'webhook_ticket_comment_added_agent_public.json'],
      ['status_changed', 'webhook_ticket_status_changed_closed.json'],
    ])('%s', (name, file) => {
      const bodies = receiver.received.map(({ body }): Json => JSON.parse(body))
      const delivered = bodies.find(({ type }) => type === `zen:event-type:ticket.${name}`)
      const expected = recorded(`constructed/${file}`)
      expect(namesIn(delivered)).toEqual(namesIn(expected))
    })
  },
)

function kindsIn(value: object): Record<string, string> {
  const entries = Object.entries(value).map(([name, member]) => [name, typeof member])
  return Object.fromEntries(entries)
}

/** Every member's place, in order of their names. */
function namesIn(value: unknown, place = ''): string[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [place]
  return Object.entries(value)
    .flatMap(([name, member]) => namesIn(member, `${place}/${name}`))
    .toSorted()
}
