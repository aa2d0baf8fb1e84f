import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { SignedDelivery } from './signed-delivery.ts'

/** The head of a POST as it goes over the wire; `lines` are headers, repeated names included. */
export function head(path: string, lines: readonly string[]): string {
  return [`POST ${path} HTTP/1.1`, 'host: replyline', ...lines, '', ''].join('\r\n')
}

export function headerLines({ headers }: SignedDelivery): readonly string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
}

/** One part of a chunked body. */
export function chunk(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content)
  return Buffer.concat([
    Buffer.from(`${bytes.length.toString(16)}\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ])
}

/** Opens a connection on which a test writes what it likes; resets are not errors here. */
export async function openConnection(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** Reads until a whole answer is there or the connection has ended. */
export function answerOn(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    socket.on('data', (bytes: Buffer) => {
      answer += bytes
      if (isWhole(answer)) resolve(answer)
    })
    for (const ending of ['end', 'close'] as const) socket.once(ending, () => resolve(answer))
  })
}

/** Sends bytes on a connection of its own and gives the answer. */
export async function exchange(port: number, ...parts: readonly (string | Buffer)[]) {
  const socket = await openConnection(port)
  const answer = answerOn(socket)
  for (const part of parts) socket.write(part)
  try {
    return await answer
  } finally {
    socket.destroy()
  }
}

/** The answer's status, or 0 when the connection ended without one. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0)
}

/** Every answer to a delivery is one line of JSON, by length or as a single chunk. */
function isWhole(answer: string): boolean {
  return /\r\n\r\n(.*\r\n)?\{.*\}/s.test(answer)
}
