import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { Pool } from 'undici'

/*
 * What the service is measured against: the least that keeps the same promise. Bare `node:http`, HMAC,
 * `JSON.parse`, one deduplicated insert for all that came while the last one ran, then the answer. With
 * UPSTREAM it also delivers: one ordered lane for each customer or ticket, one call for each message,
 * marked as done in groups. No window, no decisions, no attempts, no recovery.
 */

const { DATABASE_URL = '', SECRETS = '{}', UPSTREAM = '' } = process.env
const secrets = JSON.parse(SECRETS) as { zendesk: string; klaviyo: string }
const db = new pg.Pool({ connectionString: DATABASE_URL, max: 4 })
const upstream = UPSTREAM === '' ? null : new Pool(UPSTREAM, { connections: 32, pipelining: 1 })

/** `body` is kept as it came. */
type Message = {
  readonly id: string
  readonly lane: string
  readonly text: string
  readonly body: string
}
type Waiting<Row> = { readonly rows: readonly Row[]; readonly done: (error?: unknown) => void }

/** Runs `write` for all that came while the last run was under way. */
function grouped<Row>(write: (rows: readonly Row[]) => Promise<void>) {
  let waiting: Waiting<Row>[] = []
  let isRunning = false
  const flush = async () => {
    isRunning = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      const error = await write(batch.flatMap(({ rows }) => rows)).then(
        () => undefined,
        (problem: unknown) => problem ?? new Error(),
      )
      for (const { done } of batch) done(error)
    }
    isRunning = false
  }
  return (rows: readonly Row[]) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ rows, done: (error) => (error === undefined ? resolve() : reject(error)) })
      if (!isRunning) void flush()
    })
}

const store = grouped<Message>(async (rows) => {
  await db.query({
    name: 'store',
    text: 'insert into inbox (id, lane, body) select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing',
    values: [rows.map(({ id }) => id), rows.map(({ lane }) => lane), rows.map(({ body }) => body)],
  })
})
const finish = grouped<string>(async (ids) => {
  const text = 'update inbox set done = true where id = any($1)'
  await db.query({ name: 'finish', text, values: [ids] })
})

const lanes = new Map<string, Promise<void>>()

function deliver(message: Message): void {
  const before = lanes.get(message.lane) ?? Promise.resolve()
  const run = before.then(() => call(message)).then(() => finish([message.id]))
  lanes.set(message.lane, run)
  void run.then(() => lanes.get(message.lane) === run && lanes.delete(message.lane))
}

async function call({ text }: Message): Promise<void> {
  for (;;) {
    const answer = await upstream
      ?.request({ method: 'POST', path: '/message', body: JSON.stringify({ text }) })
      .catch(() => null)
    await answer?.body.dump()
    if (answer?.statusCode === 202) return
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    receive(request, Buffer.concat(chunks)).then(
      (status) => {
        response.writeHead(status, { 'content-length': '0' }).end()
      },
      () => {
        response.writeHead(503, { 'content-length': '0' }).end()
      },
    )
  })
})

async function receive({ url = '', headers }: IncomingMessage, body: Buffer): Promise<number> {
  const isZendesk = url.startsWith('/webhooks/zendesk/')
  if (!(isZendesk ? isFromZendesk(headers, body) : isFromKlaviyo(headers, body))) return 401
  const raw = body.toString()
  const content = JSON.parse(raw) as ZendeskBody & KlaviyoBody
  const messages = isZendesk ? [ofComment(content, raw)] : content.data.map(ofText)
  await store(messages)
  if (upstream !== null) for (const message of messages) deliver(message)
  return 200
}

type ZendeskBody = {
  readonly id: string
  readonly subject: string
  readonly detail: { readonly id: string }
  readonly event: { readonly comment: { readonly body: string } }
}
type KlaviyoElement = {
  readonly external_id: string
  readonly payload: {
    readonly data: {
      readonly attributes: { readonly event_properties: Readonly<Record<string, string>> }
    }
  }
}
type KlaviyoBody = { readonly data: readonly KlaviyoElement[] }

function ofComment({ id, detail, event }: ZendeskBody, body: string): Message {
  return { id, lane: detail.id, text: event.comment.body, body }
}

function ofText(element: KlaviyoElement): Message {
  const properties = element.payload.data.attributes.event_properties
  return {
    id: element.external_id,
    lane: properties['From Number'] ?? '',
    text: properties['Message Body'] ?? '',
    body: JSON.stringify(element),
  }
}

function isFromZendesk(headers: IncomingMessage['headers'], body: Buffer): boolean {
  const at = String(headers['x-zendesk-webhook-signature-timestamp'])
  const signature = createHmac('sha256', secrets.zendesk).update(at).update(body).digest('base64')
  return isSame(signature, headers['x-zendesk-webhook-signature'])
}

function isFromKlaviyo(headers: IncomingMessage['headers'], body: Buffer): boolean {
  const at = String(headers['klaviyo-timestamp'])
  const signature = createHmac('sha256', secrets.klaviyo).update(body).update(at).digest('hex')
  return isSame(signature, headers['klaviyo-signature'])
}

function isSame(expected: string, given: string | string[] | undefined): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(String(given))]
  return left.length === right.length && timingSafeEqual(left, right)
}

await db.query(
  'create table if not exists inbox (id text primary key, lane text not null, body text not null, done boolean not null default false)',
)
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
