import { writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../support/service-process.ts'
import type { Fault, FaultRun } from './fault.ts'
import { within } from './harms.ts'

const CUSTOMER = '+14155550111'
const IDLE_NUMBER = '+18005550200'
const MOST_TIMES = 2
/** Below this, on a busy machine, a ratio says nothing. */
const UNHURT_MS = 1_000

/** A bridge that is flooded and limited beside one that is idle: two shops, with a Zendesk each. */
export const f18: readonly Fault[] = [
  {
    ...{ family: 'F18', name: 'one bridge flooded and limited, its neighbour idle' },
    load: { phones: 100, texts: 20, replies: 1, rounds: 1, campaigns: false, giveUpMs: 300_000 },
    shortLoad: { phones: 20, texts: 5 },
    async site() {
      port = await freePort()
      token = null
      return { moreHosts: [`127.0.0.1:${port}`] }
    },
    prepare: openNeighbour,
    async harm(run) {
      const limited = { kind: 'answer', status: 429, headers: { 'retry-after': '5' } } as const
      run.site.zendesk.harm(() => (run.random() < 0.5 ? limited : null))
      await delay(3_000)
      const beside = await latencies(run, 10)
      run.note(`${await run.site.jobCount()} jobs of the flooded one wait`)
      run.site.zendesk.harm(null)
      await run.load.finished
      await within(60_000, async () => (await run.site.jobCount()) === 0)
      const alone = await latencies(run, 10)
      const ratio = beside / alone
      run.note(`text → ticket ${beside} ms beside it, ${alone} ms alone: ${ratio.toFixed(1)} times`)
      if (ratio > MOST_TIMES && beside > UNHURT_MS)
        throw new Error(`the idle bridge took ${ratio.toFixed(1)} times as long`)
    },
  },
]

let port = 0
let neighbourUrl = ''

async function openNeighbour(site: FaultRun['site']): Promise<void> {
  const account = {
    platform: 'zendesk',
    name: 'Fjell',
    subdomain: 'fjell',
    brands: ['Fjell'],
    port,
  }
  const made = (await site.control('POST', '/accounts', account)) as { url: string }
  neighbourUrl = made.url
  const consent = { smsConsent: 'SUBSCRIBED', email: 'sarah.lind@example.com' }
  await site.control('PUT', `/profiles/${encodeURIComponent(CUSTOMER)}?account=FJELLS`, consent)
  const file = site.bridgeFile.replace('bridge.yaml', 'neighbour.yaml')
  await writeFile(file, bridgeFile(made.url))
  await site.cli('apply', '-f', file)
}

/** The median of so many texts to the idle bridge, one after the other, until each is on its ticket. */
async function latencies(run: FaultRun, count: number): Promise<number> {
  const took: number[] = []
  for (let index = 0; index < count; index += 1) took.push(await latency(run))
  return Math.round(took.toSorted((one, other) => one - other)[Math.floor(count / 2)] ?? 0)
}

let asked = 0

async function latency({ site }: FaultRun): Promise<number> {
  asked += 1
  const words = `Question ${asked} to the idle shop`
  const startedAt = performance.now()
  await site.world.texts(CUSTOMER, IDLE_NUMBER, words)
  const isThere = await within(60_000, () => hasTicketSaying(words))
  if (!isThere) throw new Error('the idle bridge does nothing')
  return performance.now() - startedAt
}

/** Asked of Zendesk itself: the control API shows the first account alone. */
async function hasTicketSaying(words: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${await tokenOf(neighbourUrl)}` }
  const recent = await fetch(`${neighbourUrl}/api/v2/tickets?sort=-id`, { headers })
  const { tickets = [] } = (await recent.json()) as { tickets?: readonly { id: number }[] }
  const [newest] = tickets
  if (newest === undefined) return false
  const answer = await fetch(`${neighbourUrl}/api/v2/tickets/${newest.id}/comments`, { headers })
  return (await answer.text()).includes(words)
}

let token: string | null = null

async function tokenOf(url: string): Promise<string> {
  if (token !== null) return token
  const credentials = { client_id: 'replyline', client_secret: 'replyline-secret' }
  const answer = await fetch(`${url}/oauth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...credentials, grant_type: 'client_credentials', scope: 'read' }),
  })
  token = ((await answer.json()) as { access_token: string }).access_token
  return token
}

function bridgeFile(zendeskUrl: string): string {
  return `name: fjell
zendesk: { url: "${zendeskUrl}", clientId: replyline, clientSecret: replyline-secret }
klaviyo: { apiKey: pk_sandbox_fjell }
sms: { enabled: true, brand: Fjell }
`
}
