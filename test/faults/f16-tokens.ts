import { setTimeout as delay } from 'node:timers/promises'
import type { Fault, FaultRun } from './fault.ts'
import { diesWithin } from './harms.ts'

type Logged = { readonly method: string; readonly path: string }
type Webhooks = { readonly webhooks: readonly { readonly id: string }[] }

/** Three processes that find a token ended at once, one of them killed in the middle; secrets that change. */
export const f16: readonly Fault[] = [
  {
    ...{ family: 'F16', name: 'three copies renew a token at once' },
    site: { copies: 3 },
    load: { phones: 12, rounds: 1_000 },
    shortLoad: { phones: 6 },
    async harm(run) {
      const { site } = run
      const before = await renewals(run)
      const expiries = run.dose(15, 2)
      for (let count = 0; count < expiries; count += 1) {
        await site.control('POST', '/oauth/expire', { platform: 'zendesk' })
        await delay(1_500)
      }
      const made = (await renewals(run)) - before
      run.note(`${made} renewals of ${expiries} ended tokens`)
      if (made > expiries) throw new Error(`${made} renewals of ${expiries} ended tokens`)
    },
  },
  {
    ...{ family: 'F16', name: 'one of them killed while it renews', mayTell: true },
    site: { copies: 3 },
    load: { phones: 12, rounds: 1_000 },
    async harm(run) {
      const { site } = run
      let kills = 0
      for (let count = 0; count < run.dose(8, 1); count += 1) {
        const service = site.services[count % 3]
        if (service === undefined) continue
        await service.kill()
        await service.start(count % 2 === 0 ? 'token_received' : 'token_saved')
        await site.control('POST', '/oauth/expire', { platform: 'zendesk' })
        if (await diesWithin(6_000, service)) kills += 1
        await service.kill()
        await site.raise(service)
      }
      run.note(`${kills} kills while renewing`)
    },
  },
  {
    ...{ family: 'F16', name: 'Zendesk’s signing secret changed' },
    load: { phones: 8, rounds: 1_000, hurryMs: 30_000 },
    async harm(run) {
      for (let count = 0; count < run.dose(3, 1); count += 1) {
        await delay(1_500)
        await changeSecret(run)
        await delay(1_500)
        await run.site.cli('apply', '-f', run.site.bridgeFile)
      }
      run.note(`${run.site.front.answers.get(401) ?? 0} deliveries refused meanwhile`)
    },
  },
]

async function renewals({ site }: FaultRun): Promise<number> {
  const calls = (await site.control('GET', '/calls?platform=zendesk')) as readonly Logged[]
  return calls.filter(({ path }) => path === '/oauth/tokens').length
}

/** As somebody does it in Zendesk's admin centre. */
async function changeSecret({ site }: FaultRun): Promise<void> {
  const { zendeskUrl } = site.sandbox
  const credentials = { client_id: 'replyline', client_secret: 'replyline-secret' }
  const asked = { ...credentials, grant_type: 'client_credentials', scope: 'read write' }
  const { access_token: token } = (await send(`${zendeskUrl}/oauth/tokens`, 'POST', asked)) as {
    access_token: string
  }
  const { webhooks } = (await send(`${zendeskUrl}/api/v2/webhooks`, 'GET', null, token)) as Webhooks
  for (const { id } of webhooks)
    await send(`${zendeskUrl}/api/v2/webhooks/${id}/signing_secret`, 'POST', {}, token)
}

async function send(
  url: string,
  method: string,
  body: object | null,
  token = '',
): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status}`)
  return answer.json()
}
