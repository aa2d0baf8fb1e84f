import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ContractSandbox, startContractSandbox } from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

// The SDK has no beta endpoints, so these are held by the documents alone.
const BETA = { headers: { revision: '2026-07-15.pre' } }

let contract: ContractSandbox
beforeAll(async () => {
  contract = await startContractSandbox()
})
beforeEach(async () => {
  await contract.control('POST', '/reset')
  contract.unlimited()
})
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('beta', contract.exchanges)
})

const get = async (path: string) => (await contract.call('GET', path, BETA)).body

describe('the numbers that an account sends from', () => {
  it('are told with their kinds', async () => {
    const { data } = await get('/api/text-messaging-senders')
    const kinds = data.map(({ attributes }: { attributes: Record<string, unknown> }) => [
      attributes.sender_identifier,
      attributes.sender_type,
    ])
    expect(kinds).toEqual([
      ['+18005550100', 'toll_free'],
      ['+14155550101', 'long_code'],
      ['55501', 'short_code'],
      ['NORDLYS', 'alpha'],
    ])
    const one = await get(`/api/text-messaging-senders/${data[0].id}`)
    expect(one.data).toEqual(data[0])
  })
})

describe('the revision of a call', () => {
  const asked = async (path: string, headers: Record<string, string>) => {
    const { status, body } = await contract.call('GET', path, { headers })
    return [status, body.errors?.[0]?.code]
  }
  const loudly = { 'X-Klaviyo-Revision-Fall-Forward-Opt-Out': '1' }

  it.each([
    [
      'is needed in its beta form by a beta',
      '/api/text-messaging-senders',
      { revision: '2026-07-15' },
      [400, 'invalid'],
    ],
    ['may be a beta elsewhere', '/api/accounts', { revision: '2026-07-15.pre' }, [200, undefined]],
    [
      'falls forward when it is retired',
      '/api/accounts',
      { revision: '2023-02-22' },
      [200, undefined],
    ],
    [
      'falls forward when it is not known yet',
      '/api/accounts',
      { revision: '2027-01-15' },
      [200, undefined],
    ],
    [
      'is gone when it is retired and the caller opted out',
      '/api/accounts',
      { revision: '2023-02-22', ...loudly },
      [410, 'gone'],
    ],
    [
      'is refused when it is not known and the caller opted out',
      '/api/accounts',
      { revision: '2027-01-15', ...loudly },
      [400, 'invalid'],
    ],
    [
      'is served when it is young enough, opted out or not',
      '/api/accounts',
      { revision: '2025-07-15', ...loudly },
      [200, undefined],
    ],
  ])('%s', async (_what, path, headers, answer) => {
    expect(await asked(path, headers)).toEqual(answer)
  })

  it('is retired two years after its day, by the clock of the sandbox', async () => {
    const headers = { revision: '2025-07-15', ...loudly }
    expect(await asked('/api/accounts', headers)).toEqual([200, undefined])
    contract.sandbox.world.clock.advance(365 * 86_400_000)
    expect(await asked('/api/accounts', headers)).toEqual([410, 'gone'])
  })
})
