import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  adminToken,
  call,
  startReceiver,
  startTestSandbox,
  type TestSandbox,
} from '../../../src/sandbox/sandbox-for-tests.ts'
import type { Exchange } from '../support/exchange.ts'
import type { Contract } from '../support/openapi.ts'
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.ts'
import { UNDECLARED_CALLS, ZENDESK_EXCEPTIONS } from './exceptions.ts'
import { SET_ASIDE, withoutSetAside } from './set-aside.ts'
import { hasZendeskSpecs, isDeclared, loadZendeskContract } from './spec.ts'
import type { Json } from './vendor-client.ts'

let sandbox: TestSandbox
let proxy: RecordingProxy
beforeAll(async () => {
  sandbox = await startTestSandbox()
  proxy = await startRecordingProxy(sandbox.zendeskUrl)
  await takeTour()
})
afterAll(async () => {
  await proxy.close()
  await sandbox.close()
})

const authorization = `Basic ${btoa('admin@example.com/token:sandbox-api-token')}`
async function api(method: string, path: string, body?: object): Promise<Json> {
  const url = `${proxy.url}/api/v2${path}`
  return (await call(url, method, body, { authorization })).body
}

/** Something of everything that the lists below excuse. */
async function takeTour(): Promise<void> {
  await call(`${proxy.url}/api/v2/users/me`, 'GET', undefined, {})
  const lists = ['brands', 'triggers', 'views', 'macros', 'ticket_fields']
  for (const list of lists) await api('GET', `/${list}?page[size]=1`)
  for (const list of ['tickets', 'brands', 'groups']) await api('GET', `/${list}?per_page=1`)
  await api('GET', '/tickets/999')
  await api('GET', '/tickets/3?include=users,comment_count,slas')
  await api('GET', '/tickets/3/comments?sort=-created_at')
  await api('GET', '/users/me')
  const { user } = await api('POST', '/users', { user: { name: 'Kim' } })
  await api('GET', `/users/${user.id}/tickets/requested`)
  const comment = { body: 'Hello' }
  await api('POST', '/tickets', { ticket: { requester_id: user.id, comment, metadata: { a: 1 } } })
  await api('PUT', '/tickets/3', { ticket: { priority: 'low', tags: ['vip'], comment } })
  await api('GET', '/tickets/3/audits')
  await api('POST', '/uploads?filename=a.txt', { a: 1 })
  await api('GET', '/search?query=type:ticket&per_page=1')
  await api('GET', '/search/export?query=status:open&filter[type]=ticket')
  await api('GET', '/incremental/ticket_events?start_time=0&include=comment_events')
  const { job_status } = await api('POST', '/tickets/create_many', { tickets: [{ subject: 'x' }] })
  await sandbox.control('POST', '/clock', { advanceMs: 5_000 })
  await api('GET', `/job_statuses/${job_status.id}`)
  const all = [{ field: 'status', operator: 'is', value: 'open' }]
  await api('POST', '/views', { view: { title: 'Open ones', all } })
  const changed = [{ field: 'status', operator: 'changed' }]
  const actions = [{ field: 'priority', value: 'high' }]
  await api('POST', '/triggers', { trigger: { title: 'Any change', all: changed, actions } })
  await adminToken(proxy.url)
  await api('GET', '/oauth/tokens')
  await makeAndCallWebhook()
}

async function makeAndCallWebhook(): Promise<void> {
  const receiver = await startReceiver()
  const webhook = {
    name: 'Bridge',
    endpoint: receiver.url,
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: ['zen:event-type:ticket.created'],
    authentication: { type: 'bearer_token', add_position: 'header', data: { token: 't' } },
  }
  const { id } = (await api('POST', '/webhooks', { webhook })).webhook
  await api('POST', '/webhooks', { webhook: { ...webhook, name: '' } })
  await api('POST', '/tickets', { ticket: { comment: { body: 'Hello' } } })
  await sandbox.world.webhooks.zendesk.idle()
  const { invocations } = await api('GET', `/webhooks/${id}/invocations`)
  await api('GET', `/webhooks/${id}/invocations/${invocations[0].id}/attempts`)
  receiver.close()
}

const judged = (): readonly Exchange[] => proxy.exchanges.filter(isDeclared)
const SOURCE = /^\[(V|V2|I|M)\]/

describe.skipIf(!hasZendeskSpecs)("what is excused from Zendesk's documents", () => {
  let contract: Contract
  beforeAll(() => {
    contract = loadZendeskContract()
  })

  it('is needed: each exception excuses something', () => {
    for (const exchange of judged()) {
      contract.judgeRequest(exchange)
      contract.judgeResponse(withoutSetAside(exchange))
    }
    expect(contract.unusedExceptions()).toEqual([])
  })

  it.each(SET_ASIDE.map((each) => [each.fact, each] as const))(
    'is needed: without being set aside it would be a problem: %s',
    (_fact, one) => {
      const others = SET_ASIDE.filter((each) => each !== one)
      const problems = judged().flatMap((exchange) =>
        contract.judgeResponse(withoutSetAside(exchange, others)),
      )
      expect(problems).not.toEqual([])
    },
  )

  it.each(UNDECLARED_CALLS)('is not declared: $call', ({ call }) => {
    const found = proxy.exchanges.filter(({ method, path }) => call.test(`${method} ${path}`))
    const problems = found.flatMap((exchange) => contract.judgeResponse(exchange))
    expect(problems).toEqual([expect.stringContaining('no operation is declared for it')])
  })

  it.each([...ZENDESK_EXCEPTIONS, ...SET_ASIDE, ...UNDECLARED_CALLS].map(({ source }) => source))(
    'has a source: %s',
    (source) => expect(source).toMatch(SOURCE),
  )
})
