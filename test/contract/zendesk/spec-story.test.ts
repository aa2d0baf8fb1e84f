import { afterEach, describe, expect, it } from 'vitest'
import { STORY } from '../../../src/cli/demo/story.ts'
import { type Stack, startStack } from '../../support/stack.ts'
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.ts'
import { withoutSetAside } from './set-aside.ts'
import { hasZendeskSpecs, isDeclared, loadZendeskContract } from './spec.ts'

/** Long enough for a story of the real service, its own database included. */
const STORY_MS = 180_000

describe.skipIf(!hasZendeskSpecs)('what the service says to Zendesk in the story', () => {
  let stack: Stack | null = null
  let proxy: RecordingProxy | null = null
  afterEach(async () => {
    await stack?.close()
    await proxy?.close()
  })

  it(
    'and every answer that it gets fits the documents of Zendesk',
    async () => {
      stack = await startStack({
        async through({ zendeskUrl, klaviyoUrl }) {
          proxy = await startRecordingProxy(zendeskUrl)
          return { zendeskUrl: proxy.url, klaviyoUrl }
        },
      })
      const memory = { ticketId: 0 }
      for (const step of STORY) await step.play(stack.world, memory)
      await stack.cli('doctor').catch(() => 'a doctor that has something to say')

      const contract = loadZendeskContract()
      const exchanges = (proxy?.exchanges ?? []).filter(isDeclared)
      for (const exchange of exchanges) {
        const answered = contract.judgeResponse(withoutSetAside(exchange))
        expect([...contract.judgeRequest(exchange), ...answered]).toEqual([])
      }
      const kinds = new Set(exchanges.map(({ method, path }) => `${method} ${path.split('?')[0]}`))
      console.info(`story: ${exchanges.length} exchanges held to Zendesk's documents`)
      expect(kinds).toContain('POST /api/v2/tickets')
      expect(kinds).toContain('POST /api/v2/users')
      expect(kinds).toContain('POST /api/v2/webhooks')
    },
    STORY_MS,
  )
})
