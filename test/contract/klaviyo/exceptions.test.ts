import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ContractSandbox,
  hasKlaviyoSpecs,
  loadKlaviyoContract,
  startContractSandbox,
} from './contract-sandbox.ts'
import { KLAVIYO_EXCEPTIONS } from './exceptions.ts'

const AGENT = '/api/customer-agent-conversations'

let sandbox: ContractSandbox
beforeAll(async () => {
  sandbox = await startContractSandbox()
})
afterAll(() => sandbox.close())

describe("what is excused from Klaviyo's documents", () => {
  it.each(KLAVIYO_EXCEPTIONS.map((each) => [each.fact, each] as const))(
    'has a source: %s',
    (_fact, { source }) => expect(source).toMatch(/^\[(V|V3|I)\] \S+/),
  )

  it.skipIf(!hasKlaviyoSpecs)('is needed: each exception excuses something', async () => {
    const beta = { headers: { revision: '2026-07-15.pre' } }
    await sandbox.control('POST', '/handoffs', {
      number: '+14155550111',
      channel: 'sms',
      category: 'explicit-ask',
      transcript: [{ role: 'user', content: 'A person, please.', at: '2026-11-22T10:00:00Z' }],
    })
    await sandbox.call('GET', '/api/events')
    await sandbox.call('GET', '/api/events/none')
    const { id } = (await sandbox.call('GET', AGENT, beta)).body.data[0]
    await sandbox.call('GET', `${AGENT}/${id}/customer-agent-messages`, beta)
    await sandbox.call('GET', `${AGENT}/${id}/relationships/customer-agent-messages`, beta)

    const contract = loadKlaviyoContract()
    for (const exchange of sandbox.exchanges) contract.judgeResponse(exchange)
    expect(contract.unusedExceptions()).toEqual([])
  })
})
