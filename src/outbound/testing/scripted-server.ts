import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server received. */
export type ReceivedRequest = {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** How to answer: a whole answer, or full control over the connection. */
export type Reply =
  | {
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: unknown
    }
  | ((response: ServerResponse) => void)

/** A server under way; `received` grows as requests come. */
export type ScriptedServer = {
  readonly url: string
  /** `host:port`, as an entry of the allowed hosts. */
  readonly host: string
  readonly received: readonly ReceivedRequest[]
  close(): Promise<void>
}

/** Starts a real HTTP server on loopback for a test; each request is answered by `reply`. */
export async function startScriptedServer(
  reply: (request: ReceivedRequest, count: number) => Reply,
): Promise<ScriptedServer> {
  const received: ReceivedRequest[] = []
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const request = toReceived(incoming, Buffer.concat(chunks).toString('utf8'))
      received.push(request)
      answer(response, reply(request, received.length))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  async function close(): Promise<void> {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://${host}`, host, received, close }
}

function toReceived(incoming: IncomingMessage, body: string): ReceivedRequest {
  const { method = '', url = '', headers } = incoming
  return { method, url, headers, body }
}

function answer(response: ServerResponse, reply: Reply): void {
  if (typeof reply === 'function') {
    reply(response)
    return
  }
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
  const { body } = reply
  response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
}
