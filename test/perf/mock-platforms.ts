import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { clockMs } from './figures.ts'

/*
 * Both platforms as far as a delivery needs them, answering at once: a process of its own, so that the
 * sandbox is not what is measured. It notes when each text and comment arrived, by its words, and can
 * keep Klaviyo's limits on texts.
 *
 *   GET /bench/arrivals     {"<words>": <clock in ms>}, and forgets them
 *   GET /bench/calls        how many calls of each kind, and how many were answered 429; begins anew
 *   PUT /bench/limit?on=1   3 texts a second and 60 a minute, in fixed windows, 429 beyond
 */

let arrivals: Record<string, number> = {}
let calls: Record<string, number> = {}
let isLimited = false
let lastId = 1_000_000
const windows = new Map<number, { began: number; used: number }>()

type Answer = { readonly status: number; readonly body: unknown; readonly headers?: object }

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const answer = answerTo(request, Buffer.concat(chunks).toString())
    send(response, answer)
  })
})
server.keepAliveTimeout = 60_000
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = body === null ? '' : JSON.stringify(body)
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
      ...headers,
    })
    .end(text)
}

function answerTo({ method, url = '' }: IncomingMessage, text: string): Answer {
  const [path = '', query = ''] = url.split('?')
  if (path.startsWith('/bench/')) return answerBench(path, query)
  count(`${method} ${path.replace(/\d{4,}|\/\d+/g, '/:id')}`)
  if (path === '/oauth/tokens') return token()
  if (path === '/api/conversation-messages') return takeText(JSON.parse(text))
  if (path === '/api/events' || path === '/message') return taken(JSON.parse(text))
  if (path.startsWith('/api/profiles')) return { status: 200, body: profile(path) }
  return answerZendesk(method ?? '', path, text)
}

function answerZendesk(method: string, path: string, text: string): Answer {
  if (method === 'POST' && path === '/api/v2/tickets') return ticket(String(++lastId), text)
  if (method === 'PUT') return ticket(path.split('/').at(-1) ?? '', text)
  if (method === 'POST') return { status: 201, body: { user: user(++lastId) } }
  if (path.includes('/comments')) return { status: 200, body: page('comments') }
  if (/\/users\/\d+$/.test(path))
    return { status: 200, body: { user: user(Number(path.split('/').at(-1))) } }
  return { status: 200, body: { ...page('users'), ...page('tickets') } }
}

function answerBench(path: string, query: string): Answer {
  if (path === '/bench/limit') {
    isLimited = query === 'on=1'
    return { status: 200, body: {} }
  }
  const body = path === '/bench/arrivals' ? arrivals : calls
  if (path === '/bench/arrivals') arrivals = {}
  else calls = {}
  return { status: 200, body }
}

function token(): Answer {
  const body = {
    access_token: 'perf',
    token_type: 'bearer',
    expires_in: 86_400,
    scope: 'read write',
  }
  return { status: 200, body }
}

function page(name: string) {
  return { [name]: [], users: [], meta: { has_more: false }, links: {} }
}

function user(id: number) {
  return { id, name: 'Perf', role: 'end-user', active: true, phone: null, email: null }
}

function profile(path: string) {
  const id = path.split('/').at(-1)
  const relationships = { conversations: { data: [{ type: 'conversation', id: `C${id}` }] } }
  const included = [{ type: 'conversation', id: `C${id}`, attributes: { channel: 'sms' } }]
  const attributes = { first_name: 'Perf', email: null, phone_number: null }
  return { data: { type: 'profile', id, attributes, relationships }, included }
}

function ticket(id: string, text: string): Answer {
  const wire = JSON.parse(text) as { ticket?: { comment?: { html_body?: string } } }
  arrive(wire.ticket?.comment?.html_body ?? '')
  const events = [{ type: 'Comment', id: ++lastId }]
  const updated = new Date().toISOString()
  const fields = { id: Number(id), status: 'open', updated_at: updated, created_at: updated }
  return { status: 200, body: { ticket: fields, audit: { events } } }
}

function takeText(body: { data: { attributes: { body: string } } }): Answer {
  if (isLimited && !(hasRoom(1_000, 3) && hasRoom(60_000, 60))) {
    count('429')
    return { status: 429, body: { errors: [] }, headers: { 'retry-after': '1' } }
  }
  if (isLimited) for (const per of [1_000, 60_000]) windowOf(per).used += 1
  arrive(body.data.attributes.body)
  return { status: 202, body: null }
}

/** The reference's own message. */
function taken(body: { text?: string }): Answer {
  arrive(body.text ?? '')
  return { status: 202, body: null }
}

function windowOf(per: number): { began: number; used: number } {
  const now = Date.now()
  const began = now - (now % per)
  const known = windows.get(per)
  if (known?.began === began) return known
  const fresh = { began, used: 0 }
  windows.set(per, fresh)
  return fresh
}

function hasRoom(per: number, most: number): boolean {
  return windowOf(per).used < most
}

/** What the bench sends carries `#<number>#`. */
function arrive(words: string): void {
  const mark = /#\d+#/.exec(words)?.[0]
  if (mark !== undefined) arrivals[mark] ??= clockMs()
}

function count(kind: string): void {
  calls[kind] = (calls[kind] ?? 0) + 1
}
