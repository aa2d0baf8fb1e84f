import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Arrival } from './order.ts'

/**
 * Where the platforms deliver: a balancer before the copies of the service, which writes down what came when
 * and how it was answered. A copy that takes no connection is passed over; when none does, the sender is cut off.
 */
export type Front = {
  readonly url: string
  readonly arrivals: Map<string, Arrival>
  /** How many deliveries were answered with each status; 0 for those cut off. */
  readonly answers: Map<number, number>
  readonly slowestMs: () => number
  /** Why deliveries were cut off, and how often. */
  readonly cuts: Map<string, number>
  /** Sends every delivery a second time, `twice` microseconds after the first, to the next copy. */
  setTwice(microseconds: number | null): void
  aim(ports: readonly number[]): void
  /** Delivers everything once more that was ever acknowledged, as it came then. */
  replay(): Promise<number>
  close(): Promise<void>
}

type Delivery = {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

const PATIENCE_MS = 12_000

export async function startFront(): Promise<Front> {
  const arrivals = new Map<string, Arrival>()
  const answers = new Map<number, number>()
  const cuts = new Map<string, number>()
  const kept: Delivery[] = []
  let ports: readonly number[] = []
  let turn = 0
  let count = 0
  let twice: number | null = null
  let slowest = 0

  async function deliver(delivery: Delivery): Promise<number> {
    turn += 1
    const first = turn % ports.length
    for (const port of [...ports.slice(first), ...ports.slice(0, first)]) {
      const status = await forward(delivery, port, (why) => cuts.set(why, (cuts.get(why) ?? 0) + 1))
      if (status !== 'not_taken') return status
    }
    return 0
  }

  async function receive(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { url: path = '/', headers } = incoming
    const delivery = { path, headers, body: await read(incoming) }
    count += 1
    const keys = keysIn(delivery)
    keys.forEach((key, place) => {
      if (!arrivals.has(key))
        arrivals.set(key, { firstAt: performance.now(), ackedAt: null, delivery: count, place })
    })
    const second = twice === null ? null : afterMicroseconds(twice).then(() => deliver(delivery))
    const startedAt = performance.now()
    const status = await deliver(delivery)
    slowest = Math.max(slowest, performance.now() - startedAt)
    answers.set(status, (answers.get(status) ?? 0) + 1)
    if (status >= 200 && status < 300) {
      kept.push(delivery)
      for (const key of keys) acknowledge(key)
    }
    if (status === 0) outgoing.destroy()
    else outgoing.writeHead(status, status === 503 ? { 'retry-after': '5' } : {}).end('{}')
    await second
  }

  function acknowledge(key: string): void {
    const arrival = arrivals.get(key)
    if (arrival !== undefined && arrival.ackedAt === null)
      arrivals.set(key, { ...arrival, ackedAt: performance.now() })
  }

  const server = createServer((incoming, outgoing) => {
    receive(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    answers,
    cuts,
    slowestMs: () => slowest,
    setTwice: (microseconds) => {
      twice = microseconds
    },
    aim: (next) => {
      ports = next
    },
    async replay() {
      const again = [...kept]
      for (const delivery of again) await deliver(delivery)
      return again.length
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Texts come from Klaviyo and replies from Zendesk; each platform also tells of the other's, as echoes. */
function keysIn({ path, body }: Delivery): readonly string[] {
  const pattern = path.includes('/klaviyo/') ? /\bt-\d+-\d+\b/g : /\br-\d+-\d+\b/g
  return [...new Set(String(body).match(pattern) ?? [])]
}

/** The status; 0 when it was cut off or took too long. */
function forward(
  { path, headers, body }: Delivery,
  port: number,
  onCut: (why: string) => void,
): Promise<number | 'not_taken'> {
  return new Promise((resolve) => {
    const { connection: _, ...passed } = headers
    const to = { host: '127.0.0.1', port, path, method: 'POST', headers: passed, agent: false }
    const call = request({ ...to, timeout: PATIENCE_MS }, (answer) => {
      answer.resume()
      answer.on('error', () => resolve(0))
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    })
    call.on('timeout', () => call.destroy())
    call.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'ECONNREFUSED') return resolve('not_taken')
      onCut(`${message}${call.socket?.connecting === false ? '' : ' while connecting'}`)
      resolve(0)
    })
    call.end(body)
  })
}

async function afterMicroseconds(count: number): Promise<void> {
  const until = performance.now() + count / 1_000
  // No timer is that exact.
  while (performance.now() < until);
}

export async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks)
}
