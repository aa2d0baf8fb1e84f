import { expect } from 'vitest'
import type { Instant } from '../../src/kernel/instant.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import type { OperatorBrowser } from './operator-browser.ts'
import { ownDatabase } from './own-database.ts'
import { makeOwner } from './owner.ts'
import { startTestService, type TestService } from './test-service.ts'

type Platform = 'zendesk' | 'klaviyo'

/** The OAuth client that the sandbox knows, on both platforms. */
export const CLIENT = { clientId: 'replyline', clientSecret: 'replyline-secret' }

/** A service beside emulated platforms, with an owner signed in, and nothing connected yet. */
export type Connecting = {
  readonly sandbox: Sandbox
  readonly service: TestService
  readonly browser: OperatorBrowser
  /** Takes all bridges and connections away, and makes the platforms as they were at first. */
  forget(): Promise<void>
  /** Asks the sandbox's control API, which must agree; its answer. */
  control(method: string, path: string, body?: object): Promise<string>
  /** Begins an approval; the address of the platform's consent page. */
  begin(platform: Platform, as?: OperatorBrowser): Promise<string>
  /** What the list of connections holds. */
  connections<T = Record<string, unknown>>(): Promise<readonly T[]>
  close(): Promise<void>
}

/** `now` is the time that signatures, sessions and approvals are held against. */
export async function startConnecting(now?: () => Instant): Promise<Connecting> {
  const database = await ownDatabase()
  const sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  const { zendeskUrl, klaviyoUrl } = sandbox
  const platforms = { zendeskUrl, klaviyoUrl }
  const service = await startTestService(database.config, now, { platforms })
  const browser = await makeOwner(service.url)

  async function control(method: string, path: string, body: object = {}): Promise<string> {
    const headers = { 'content-type': 'application/json' }
    const init = method === 'GET' ? { method } : { method, headers, body: JSON.stringify(body) }
    const answer = await fetch(`${sandbox.controlUrl}/control${path}`, init)
    expect(answer.ok, `${method} ${path}`).toBe(true)
    return answer.text()
  }

  return {
    ...{ sandbox, service, browser, control },
    async forget() {
      await service.db.query('delete from bridges')
      await service.db.query('delete from connections')
      await control('POST', '/reset')
    },
    async begin(platform, as = browser) {
      const body = platform === 'zendesk' ? { ...CLIENT, address: zendeskUrl } : CLIENT
      const begun = await as.send('POST', `/api/connections/${platform}/consent`, { body })
      expect(begun.status).toBe(200)
      return ((await begun.json()) as { redirectTo: string }).redirectTo
    },
    async connections<T>() {
      const answer = await browser.send('GET', '/api/connections')
      return ((await answer.json()) as { connections: T[] }).connections
    },
    async close() {
      await service.close()
      await sandbox.close()
      await database.drop()
    },
  }
}
