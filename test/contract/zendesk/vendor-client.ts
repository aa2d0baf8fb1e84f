import zendesk, { type ZendeskClient } from 'node-zendesk'
import {
  adminToken,
  startTestSandbox,
  type TestSandbox,
} from '../../../src/sandbox/sandbox-for-tests.ts'
import { startRecordingProxy } from '../support/recording-proxy.ts'
import { holdAnswersToSpec } from './spec.ts'

/** What an answer holds; tests read it as they need. */
export type Json = ReturnType<typeof JSON.parse>

/** The client's declared parameters are narrower than what it takes and documents, so any will do. */
type Untyped<T> = {
  readonly [Name in keyof T]: T[Name] extends (...given: never[]) => infer Answer
    ? (...given: unknown[]) => Answer
    : Untyped<T[Name]>
}

export type VendorClient = Untyped<ZendeskClient>

export type VendorSandbox = {
  readonly sandbox: TestSandbox
  /** Where Zendesk answers, and is overheard. */
  readonly url: string
  /** node-zendesk as published, with an OAuth token of the admin. */
  readonly client: VendorClient
  /** The same with `e-mail/token` and one of the account's API tokens. */
  clientOfApiToken(email: string, token?: string): VendorClient
  /** The same with any OAuth token. */
  clientOfToken(token: string): VendorClient
  close(): Promise<void>
}

/**
 * Starts a sandbox and points the vendor's client at it: `endpointUri` is all that differs. In the
 * end every answer is held to the vendor's documents; `what` names them in the count.
 */
export async function startVendorSandbox(what: string): Promise<VendorSandbox> {
  const sandbox = await startTestSandbox()
  const proxy = await startRecordingProxy(sandbox.zendeskUrl)
  const endpointUri = `${proxy.url}/api/v2`
  const common = { endpointUri, throwOriginalException: true }
  const clientOfToken = (token: string) =>
    zendesk.createClient({ ...common, oauth: true, token }) as VendorClient
  return {
    sandbox,
    url: proxy.url,
    client: clientOfToken(await adminToken(sandbox.zendeskUrl)),
    clientOfToken,
    clientOfApiToken: (username, token = 'sandbox-api-token') =>
      zendesk.createClient({ ...common, username, token }) as VendorClient,
    async close() {
      await proxy.close()
      await sandbox.close()
      holdAnswersToSpec(what, proxy.exchanges)
    },
  }
}

/** The body of what the client answers, without the resource's name around it. */
export async function result(answer: Promise<unknown>): Promise<Json> {
  return ((await answer) as { result: Json }).result
}

/** Lists come whole, all their pages in one. */
export async function list(answer: Promise<unknown>): Promise<Json[]> {
  return (await answer) as Json[]
}

/**
 * How the client reports a refusal. It throws them, but for those that carry Retry-After: these it
 * answers as if they were the result.
 */
export async function refusal(answer: Promise<unknown>): Promise<Json> {
  try {
    const given = (await answer) as Json
    const calm = Array.isArray(given) ? given[0] : given.result
    if (calm instanceof Error) return calm
  } catch (error) {
    return error
  }
  throw new Error('the call was not refused')
}
