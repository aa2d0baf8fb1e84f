import { instant } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import type { LimitReading } from '../../outbound/limit-reading.ts'
import { createOutbound, type Outbound } from '../../outbound/request.ts'
import { listening } from '../../outbound/testing/listening-limiter.ts'
import {
  type ReceivedRequest,
  type Reply,
  type ScriptedServer,
  startScriptedServer,
} from '../../outbound/testing/scripted-server.ts'
import { createZendeskTransport, type ZendeskTransport } from '../transport.ts'

/** A scripted platform with a transport pointed at it; the token `old` renews to `new`. */
export type ScriptedZendesk = ScriptedServer & {
  readonly transport: ZendeskTransport
  readonly outbound: Outbound
  readonly readings: readonly LimitReading[]
  /** The parsed body of the n-th request. */
  sentBody(index?: number): unknown
  sentQuery(index?: number): Readonly<Record<string, string>>
}

/** Starts one for a test; the clock stands at the epoch. */
export async function startZendesk(
  reply: (request: ReceivedRequest, count: number) => Reply,
): Promise<ScriptedZendesk> {
  const server = await startScriptedServer(reply)
  const outbound = createOutbound({ allowedHosts: [server.host], userAgent: 'test' })
  const readings: LimitReading[] = []
  const transport = createZendeskTransport({
    baseUrl: `${server.url}/`,
    outbound,
    token: { current: async () => ok('old'), renew: async () => ok('new') },
    clock: { now: () => instant(0) },
    limiter: listening(readings),
  })

  return {
    ...server,
    transport,
    outbound,
    readings,
    sentBody: (index = 0) => JSON.parse(server.received[index]?.body ?? 'null'),
    sentQuery: (index = 0) =>
      Object.fromEntries(new URL(server.received[index]?.url ?? '', server.url).searchParams),
    async close() {
      await server.close()
      await outbound.close()
    },
  }
}
