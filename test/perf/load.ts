import { connect, type Socket } from 'node:net'
import { clockMs } from './figures.ts'

/*
 * Sends prepared requests over raw sockets, one at a time on each, so that the sender costs as little as
 * it can. An answer has ended when its head's length, or the last chunk, has come.
 */

type Acked = {
  /** How many were answered with 200. */
  readonly stored: number
  readonly refused: number
  readonly seconds: number
  /** Milliseconds of each answer. */
  readonly waits: readonly number[]
}

/** Each connection sends its next request as soon as the last one is answered, until time or requests end. */
export async function closedLoop(given: {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  readonly requests: readonly Buffer[]
}): Promise<Acked> {
  const { port, connections, seconds, requests } = given
  const waits: number[] = []
  let next = 0
  let stored = 0
  const until = performance.now() + seconds * 1000
  const began = performance.now()
  const one = async () => {
    const line = await openLine(port)
    for (
      let request = requests[next++];
      request !== undefined && performance.now() < until;
      request = requests[next++]
    ) {
      const sentAt = performance.now()
      if ((await line.ask(request)) === 200) stored += 1
      waits.push(performance.now() - sentAt)
    }
    line.close()
  }
  await Promise.all(Array.from({ length: connections }, one))
  const took = (performance.now() - began) / 1000
  return { stored, refused: waits.length - stored, seconds: took, waits }
}

/** Sends at a steady rate, whatever the answers do; waits are counted from when each was due. */
export async function openLoop(given: {
  readonly port: number
  readonly rate: number
  readonly requests: readonly Buffer[]
}): Promise<Acked & { readonly dueAt: readonly number[] }> {
  const { port, rate, requests } = given
  const idle = await Promise.all(Array.from({ length: 8 }, () => openLine(port)))
  const waits: number[] = []
  const dueAt: number[] = []
  const began = clockMs() + 50
  let stored = 0
  const asks = requests.map(async (request, index) => {
    const due = began + (index * 1000) / rate
    dueAt[index] = due
    await untilClock(due)
    const line = idle.pop() ?? (await openLine(port))
    if ((await line.ask(request)) === 200) stored += 1
    waits.push(clockMs() - due)
    idle.push(line)
  })
  await Promise.all(asks)
  for (const line of idle) line.close()
  const seconds = (clockMs() - began) / 1000
  return { stored, refused: waits.length - stored, seconds, waits, dueAt }
}

/** Timers tick in whole milliseconds, so the last one is waited for turn by turn. */
async function untilClock(at: number): Promise<void> {
  const early = at - clockMs() - 1.5
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early))
  while (clockMs() < at) await new Promise((resolve) => setImmediate(resolve))
}

export type Line = { ask(request: Buffer): Promise<number>; close(): void }

/** One kept connection. */
export function openLine(port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => resolve(lineOf(socket)))
  })
}

function lineOf(socket: Socket): Line {
  let text = ''
  let settle: { resolve(status: number): void; reject(error: Error): void } | null = null
  const fail = (error: Error) => settle?.reject(error)
  socket.setEncoding('latin1')
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the connection was closed')))
  socket.on('data', (chunk: string) => {
    text += chunk
    if (!isWhole(text)) return
    const status = Number(text.slice(9, 12))
    text = ''
    settle?.resolve(status)
  })
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        socket.write(request)
      }),
    close() {
      settle = null
      socket.destroy()
    },
  }
}

function isWhole(text: string): boolean {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  const length = /content-length: (\d+)/i.exec(text.slice(0, headEnd))?.[1]
  return length === undefined
    ? text.endsWith('0\r\n\r\n')
    : text.length >= headEnd + 4 + Number(length)
}
