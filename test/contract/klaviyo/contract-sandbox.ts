import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  AccountsApi,
  ApiKeySession,
  ConversationsApi,
  EventsApi,
  FlowsApi,
  MetricsApi,
  ProfilesApi,
  RetryWithExponentialBackoff,
  SegmentsApi,
  type Session,
  WebhooksApi,
} from 'klaviyo-api'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts'
import type { Exchange } from '../support/exchange.ts'
import { type Contract, loadContract } from '../support/openapi.ts'
import { startRecordingProxy } from '../support/recording-proxy.ts'
import { KLAVIYO_EXCEPTIONS } from './exceptions.ts'

const SPECS = join(import.meta.dirname, '../../../../shared/specs')
const FILES = ['klaviyo-openapi-stable.json', 'klaviyo-openapi-beta.json'].map((file) =>
  join(SPECS, file),
)

/** False, and loudly so, where Klaviyo's documents are not at hand. */
export const hasKlaviyoSpecs = FILES.every((file) => existsSync(file))
if (!hasKlaviyoSpecs) console.warn(`Klaviyo's documents are missing in ${SPECS}: not held to them`)

/** What Klaviyo's documents say; stable operations go before beta ones. */
export function loadKlaviyoContract(): Contract {
  return loadContract(FILES, { exceptions: KLAVIYO_EXCEPTIONS })
}

export type ContractSandbox = {
  readonly sandbox: Sandbox
  /** The proxy in front of the emulated Klaviyo. */
  readonly url: string
  readonly exchanges: readonly Exchange[]
  /** A call without the SDK, as a client of somebody else's would make it. */
  call(method: string, path: string, options?: CallOptions): Promise<CallAnswer>
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
  /** Switches the limits off, which every reset switches on again. */
  unlimited(): void
  close(): Promise<void>
}

type CallOptions = {
  readonly body?: unknown
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** `body` is what JSON.parse made of the answer; tests read it as they need. */
type CallAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly body: ReturnType<typeof JSON.parse>
}

/** A sandbox whose Klaviyo is reached through a recording proxy. Limits are off. */
export async function startContractSandbox(): Promise<ContractSandbox> {
  const sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  sandbox.world.limits.setEnabled(false)
  const proxy = await startRecordingProxy(sandbox.klaviyoUrl)

  return {
    sandbox,
    url: proxy.url,
    exchanges: proxy.exchanges,

    async call(method, path, { body, key = 'pk_sandbox', headers } = {}) {
      const response = await fetch(`${proxy.url}${path}`, {
        method,
        headers: {
          authorization: `Klaviyo-API-Key ${key}`,
          revision: '2026-07-15',
          ...(body === undefined ? {} : { 'content-type': 'application/vnd.api+json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const { status, headers: answered } = response
      return { status, headers: answered, body: text === '' ? null : JSON.parse(text) }
    },

    async control<T>(method: string, path: string, body?: unknown) {
      const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
      const response = await fetch(`${sandbox.controlUrl}/control${path}`, init)
      if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
      return (await response.json()) as T
    },

    unlimited: () => sandbox.world.limits.setEnabled(false),

    async close() {
      await proxy.close()
      await sandbox.close()
    },
  }
}

/** Klaviyo's own SDK, told nothing but another address. */
export function createSdk(url: string, session: Session = keySession()) {
  const at = <Api extends { basePath: string }>(api: Api): Api => {
    api.basePath = url
    return api
  }
  return {
    accounts: at(new AccountsApi(session)),
    conversations: at(new ConversationsApi(session)),
    events: at(new EventsApi(session)),
    flows: at(new FlowsApi(session)),
    metrics: at(new MetricsApi(session)),
    profiles: at(new ProfilesApi(session)),
    segments: at(new SegmentsApi(session)),
    webhooks: at(new WebhooksApi(session)),
  }
}

export type Sdk = ReturnType<typeof createSdk>

/** A private key. Without `numRetries` the SDK tries once, so that a refusal is seen at once. */
export function keySession(key = 'pk_sandbox', numRetries = 1): ApiKeySession {
  return new ApiKeySession(key, new RetryWithExponentialBackoff({ numRetries }))
}

/** The cursor of `links.next`: the SDK takes a whole link only with https, which the sandbox has not. */
export function nextCursor(links: { readonly next?: string | null } | undefined): string | null {
  return links?.next ? new URL(links.next).searchParams.get('page[cursor]') : null
}

/** The status and the first error of a call that the SDK rejects. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call
  } catch (error) {
    const { response } = error as { response?: { status: number; data: { errors?: ApiError[] } } }
    if (response === undefined) throw error
    const [first] = response.data.errors ?? []
    return { status: response.status, ...(first ?? {}) }
  }
  throw new Error('the call was not refused')
}

type ApiError = { code?: string; detail?: string; meta?: unknown; source?: unknown }
type Refusal = Omit<ApiError, 'status'> & { readonly status: unknown }
