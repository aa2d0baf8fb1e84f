import { Agent } from 'undici'
import { err, type Result } from '../kernel/result.ts'
import { whyNotAllowed } from './allowed-hosts.ts'
import { performExchange } from './exchange.ts'
import type { HttpAnswer } from './http-answer.ts'
import type { Unreachable } from './unreachable.ts'

export type { HttpAnswer } from './http-answer.ts'

/** One outgoing request. `url` is absolute; `totalTimeoutMs` overrides the door's own for this call. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly totalTimeoutMs?: number
}

/** The only way out of the program over HTTP. */
export type Outbound = {
  /**
   * Sends once: no retry, no redirect followed. Any status is an answer; the only problem is that
   * no whole answer came. Never throws.
   */
  send(request: HttpRequest): Promise<Result<HttpAnswer, Unreachable>>
  /** Refuses new requests and resolves when those under way have ended. */
  close(): Promise<void>
}

/** How the door is set; the defaults are 5 s to connect, 25 s in all, 10 MiB. */
export type OutboundOptions = {
  /** `host`, `host:port`, or `*.zendesk.com` (one label, default port). Everything else is refused. */
  readonly allowedHosts: readonly string[]
  readonly userAgent: string
  readonly connectTimeoutMs?: number
  readonly totalTimeoutMs?: number
  readonly maxAnswerBytes?: number
}

const CONNECTIONS_PER_HOST = 64
const MEBIBYTE = 1024 * 1024

/**
 * Opens the door: a pool of connections per host, every timeout set, answers bounded in size.
 * Long-lived; the one who makes it closes it.
 */
export function createOutbound(options: OutboundOptions): Outbound {
  const totalTimeoutMs = options.totalTimeoutMs ?? 25_000
  const maxAnswerBytes = options.maxAnswerBytes ?? 10 * MEBIBYTE
  const agent = createAgent(options.connectTimeoutMs ?? 5_000, totalTimeoutMs)

  async function send(request: HttpRequest): Promise<Result<HttpAnswer, Unreachable>> {
    const url = URL.parse(request.url)
    if (url === null) return neverLeft('the address is not a URL')
    const refusal = whyNotAllowed(url, options.allowedHosts)
    if (refusal !== null) return neverLeft(refusal)

    const answer = await performExchange(agent, {
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: request.method,
      headers: { ...request.headers, 'user-agent': options.userAgent, 'accept-encoding': 'gzip' },
      body: request.body ?? null,
      totalTimeoutMs: request.totalTimeoutMs ?? totalTimeoutMs,
      maxAnswerBytes,
    })
    return answer.ok ? answer : err(naming(answer.problem, request.method, url))
  }

  return { send, close: () => agent.close() }
}

function createAgent(connectTimeoutMs: number, totalTimeoutMs: number): Agent {
  return new Agent({
    connections: CONNECTIONS_PER_HOST,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: connectTimeoutMs },
    headersTimeout: totalTimeoutMs,
    bodyTimeout: totalTimeoutMs,
  })
}

function neverLeft(detail: string): Result<never, Unreachable> {
  return err({ kind: 'unreachable', touched: 'no', detail })
}

/** The query is left out: it may hold a phone number or an e-mail address. */
function naming(problem: Unreachable, method: string, url: URL): Unreachable {
  return { ...problem, detail: `${method} ${url.host}${url.pathname}: ${problem.detail}` }
}
