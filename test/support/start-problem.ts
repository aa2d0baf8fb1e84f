import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect } from 'vitest'
import type { CliEnd } from './run-cli.ts'

/** Exit code 1 and one line on stderr, with nothing else said anywhere. */
export function expectOneLine(end: CliEnd, line: RegExp): void {
  expect({ code: end.code, stdout: end.stdout }).toEqual({ code: 1, stdout: '' })
  expect(end.stderr).toMatch(/^replyline: .+\n$/)
  expect(end.stderr).toMatch(line)
}

/** A server that is no PostgreSQL: it answers each connection with `greeting`, or with silence. */
export async function strangeServer(
  greeting: string | null = null,
): Promise<{ readonly port: number; close(): void }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    if (greeting !== null) socket.end(greeting)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
