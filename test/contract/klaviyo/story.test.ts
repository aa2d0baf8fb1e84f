import { afterEach, describe, expect, it } from 'vitest'
import { STORY } from '../../../src/cli/demo/story.ts'
import { type Stack, startStack } from '../../support/stack.ts'
import type { Exchange } from '../support/exchange.ts'
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.ts'
import { hasKlaviyoSpecs, loadKlaviyoContract } from './contract-sandbox.ts'

/** Long enough for a story of the real service, its own database included. */
const STORY_MS = 180_000

describe.skipIf(!hasKlaviyoSpecs)('what the service says to Klaviyo in the story', () => {
  let stack: Stack | null = null
  let proxy: RecordingProxy | null = null
  afterEach(async () => {
    await stack?.close()
    await proxy?.close()
  })

  it(
    'and every answer that it gets fits the documents of Klaviyo',
    async () => {
      stack = await startStack({
        async through({ zendeskUrl, klaviyoUrl }) {
          proxy = await startRecordingProxy(klaviyoUrl)
          return { zendeskUrl, klaviyoUrl: proxy.url }
        },
      })
      const memory = { ticketId: 0 }
      for (const step of STORY) await step.play(stack.world, memory)
      await turnWebhookOff(stack.sandbox.klaviyoUrl)
      await stack.cli('apply', '-f', 'bridge.yaml')
      await stack.cli('doctor').catch(() => 'a doctor that has something to say')

      const contract = loadKlaviyoContract()
      const exchanges = (proxy?.exchanges ?? []).filter(({ path }) => path.startsWith('/api/'))
      for (const exchange of exchanges) {
        const asked = isKnock(exchange) ? [] : contract.judgeRequest(exchange)
        expect([...asked, ...contract.judgeResponse(exchange)]).toEqual([])
      }
      const kinds = new Set(exchanges.map(({ method, path }) => `${method} ${path.split('?')[0]}`))
      console.info(`story: ${exchanges.length} exchanges held to Klaviyo's documents`)
      expect(kinds).toContain('POST /api/conversation-messages')
      expect(kinds).toContain('POST /api/events')
      expect(kinds).toContain('POST /api/webhooks')
      expect([...kinds].some((kind) => kind.startsWith('PATCH /api/webhooks/'))).toBe(true)
    },
    STORY_MS,
  )
})

/** The doctor knocks without a credential, only to see that somebody answers. */
function isKnock({ path, requestHeaders, status }: Exchange): boolean {
  return path === '/api/accounts' && requestHeaders.authorization === undefined && status === 401
}

/** As Klaviyo does after two days of failures; the next `apply` turns it on again. */
async function turnWebhookOff(klaviyoUrl: string): Promise<void> {
  const headers = {
    authorization: 'Klaviyo-API-Key pk_sandbox',
    'content-type': 'application/vnd.api+json',
    revision: '2026-07-15',
  }
  const listed = await fetch(`${klaviyoUrl}/api/webhooks`, { headers })
  const { data } = (await listed.json()) as { data: { id: string }[] }
  for (const { id } of data) {
    const body = JSON.stringify({ data: { type: 'webhook', id, attributes: { enabled: false } } })
    await fetch(`${klaviyoUrl}/api/webhooks/${id}`, { method: 'PATCH', headers, body })
  }
}
