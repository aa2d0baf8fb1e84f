import { instant } from '../../kernel/instant.ts'
import type { LimitReading } from '../../outbound/limit-reading.ts'
import { createOutbound } from '../../outbound/request.ts'
import { listening } from '../../outbound/testing/listening-limiter.ts'
import {
  type ReceivedRequest,
  type Reply,
  type ScriptedServer,
  startScriptedServer,
} from '../../outbound/testing/scripted-server.ts'
import {
  createKlaviyoTransport,
  type KlaviyoCredential,
  type KlaviyoTransport,
} from '../transport.ts'

/** A scripted platform with a transport pointed at it. */
export type ScriptedKlaviyo = ScriptedServer & {
  readonly transport: KlaviyoTransport
  readonly readings: readonly LimitReading[]
  /** The parsed body of the n-th request. */
  sentBody(index?: number): unknown
  sentQuery(index?: number): Readonly<Record<string, string>>
}

/** Starts one for a test, with a private key unless told otherwise; the clock stands at the epoch. */
export async function startKlaviyo(
  reply: (request: ReceivedRequest, count: number) => Reply,
  credential: KlaviyoCredential = { kind: 'private_key', key: 'pk_test' },
): Promise<ScriptedKlaviyo> {
  const server = await startScriptedServer(reply)
  const outbound = createOutbound({ allowedHosts: [server.host], userAgent: 'test' })
  const readings: LimitReading[] = []
  const transport = createKlaviyoTransport({
    baseUrl: server.url,
    outbound,
    credential,
    clock: { now: () => instant(0) },
    limiter: listening(readings),
  })

  return {
    ...server,
    transport,
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
