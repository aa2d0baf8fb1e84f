import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { read } from './front.ts'

export type Call = { readonly method: string; readonly path: string; readonly body: string }
type Answer = { readonly status: number; readonly text: string }

/** What befalls one call. `before`: the platform never sees it. `after`: its work is done, its answer spoilt. */
export type Harm =
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  | { readonly kind: 'hang' }
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: object
      readonly text?: string
    }
  | { readonly kind: 'spoil'; readonly how: 'slow' | 'huge' | 'bomb' | 'truncated' }
  | { readonly kind: 'rewrite'; readonly to: (answer: Answer) => Answer }

/** Stands between the service and one platform; does nothing until it is told what to harm. */
export type BadNetwork = {
  readonly url: string
  harm(which: ((call: Call) => Harm | null) | null): void
  /** How many calls were harmed. */
  readonly harmed: () => number
  close(): Promise<void>
}

const BOMB = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '))
const MEGABYTE = Buffer.alloc(1024 * 1024, ' ')

export async function startBadNetwork(target: string): Promise<BadNetwork> {
  // Not kept alive: a connection that the platform closes at its next use would be a fault that nobody ordered.
  const agent = new Agent({ keepAlive: false })
  let choose: ((call: Call) => Harm | null) | null = null
  let harmed = 0

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await read(incoming)
    const { method = 'GET', url: path = '/' } = incoming
    const harm = choose?.({ method, path, body: String(body) }) ?? null
    if (harm !== null) harmed += 1
    if (harm !== null && isBefore(harm)) return harmBefore(harm, outgoing)
    const answer = await send(new URL(path, target), incoming, body, agent)
    if (harm?.kind === 'cut') return void outgoing.destroy()
    if (harm?.kind === 'spoil') return spoil(harm.how, answer, outgoing)
    const { status, text } = harm?.kind === 'rewrite' ? harm.to(answer) : answer
    outgoing.writeHead(status, withoutLength(answer.headers)).end(text)
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy())
  })
  server.keepAliveTimeout = 300_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    harm: (which) => {
      choose = which
    },
    harmed: () => harmed,
    close: () =>
      new Promise((resolve) => {
        agent.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Before = Extract<Harm, { kind: 'hang' | 'answer' }> | { kind: 'cut'; when: 'before' }

function isBefore(harm: Harm): harm is Before {
  return harm.kind === 'cut' ? harm.when === 'before' : ['hang', 'answer'].includes(harm.kind)
}

/** The platform never sees the call. */
function harmBefore(harm: Before, outgoing: ServerResponse): void {
  if (harm.kind === 'cut') outgoing.destroy()
  else if (harm.kind === 'answer')
    outgoing.writeHead(harm.status, { ...harm.headers }).end(harm.text ?? '')
}

type Received = Answer & { readonly headers: IncomingMessage['headers'] }

function send(
  to: URL,
  { method = 'GET', headers }: IncomingMessage,
  body: Buffer,
  agent: Agent,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const plain = { ...headers, 'accept-encoding': 'identity' }
    request(to, { method, headers: plain, agent }, (answer) => {
      const { statusCode: status = 0, headers: said } = answer
      read(answer).then((text) => resolve({ status, text: String(text), headers: said }), reject)
    })
      .on('error', reject)
      .end(body)
  })
}

function withoutLength(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...rest } = headers
  return rest
}

function spoil(how: string, { status, headers, text }: Received, outgoing: ServerResponse): void {
  const plain = withoutLength(headers)
  if (how === 'truncated') {
    outgoing.writeHead(status, { ...plain, 'content-length': Buffer.byteLength(text) })
    outgoing.write(text.slice(0, text.length / 2), () => outgoing.destroy())
    return
  }
  if (how === 'bomb')
    return void outgoing.writeHead(status, { ...plain, 'content-encoding': 'gzip' }).end(BOMB)
  outgoing.writeHead(status, plain)
  if (how === 'huge') pour(outgoing, 100)
  else drip(outgoing, text)
}

function pour(outgoing: ServerResponse, megabytes: number): void {
  if (megabytes === 0) outgoing.end()
  else if (!outgoing.destroyed) outgoing.write(MEGABYTE, () => pour(outgoing, megabytes - 1))
}

/** One byte a second, for as long as anybody listens. */
function drip(outgoing: ServerResponse, text: string): void {
  let sent = 0
  const timer = setInterval(() => {
    outgoing.write(text.slice(sent, sent + 1))
    sent += 1
    if (sent >= text.length) outgoing.end()
  }, 1_000)
  outgoing.on('close', () => clearInterval(timer))
}
