import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Exchange } from './exchange.ts'

export type RecordingProxy = {
  /** Without a slash at the end. */
  readonly url: string
  /** In the order in which they ended. A call that was cut off is not among them. */
  readonly exchanges: readonly Exchange[]
  close(): Promise<void>
}

const recorded: Exchange[] = []

/** What all proxies of this test file kept, in one list. */
export const recordedHere: readonly Exchange[] = recorded

/**
 * Stands on a free loopback port in front of `target` and changes nothing but the accepted
 * encodings. Callers see the proxy's own Host in the links of answers, so they stay with it.
 */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = []
  const server = createServer((incoming, outgoing) => {
    forward(target, incoming, outgoing).then(
      (exchange) => {
        exchanges.push(exchange)
        recorded.push(exchange)
      },
      // The platform cut the connection; so does the proxy.
      () => outgoing.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function forward(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<Exchange> {
  const requestBody = await read(incoming)
  const { method = 'GET', url: path = '/' } = incoming
  const answer = await send(new URL(path, target), incoming, requestBody)
  const responseBody = await read(answer)
  const { statusCode: status = 0 } = answer
  outgoing.writeHead(status, answer.headers).end(responseBody)
  return {
    method,
    path,
    requestHeaders: flat(incoming),
    requestBody: requestBody.toString(),
    status,
    responseHeaders: flat(answer),
    responseBody: responseBody.toString(),
  }
}

function send(to: URL, { method, headers }: IncomingMessage, body: Buffer) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    // Read as plain text here, so a compressed answer is not asked for.
    const plain = { ...headers, 'accept-encoding': 'identity' }
    request(to, { method, headers: plain, agent: false }, resolve).on('error', reject).end(body)
  })
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
