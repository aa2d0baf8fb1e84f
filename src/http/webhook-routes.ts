import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Platform } from '../db/records.ts'
import type { Intake } from '../engine/intake.ts'
import type { BridgeId, ConnectionId } from '../kernel/ids.ts'
import { readBody } from './read-body.ts'
import { type ReadingDeps, readDelivery } from './read-delivery.ts'
import type { Telemetry } from './telemetry.ts'
import { sharedPatience } from './within-patience.ts'

/*
 * Where the platforms deliver: /webhooks/<platform>/<connection id>.
 *
 * read (bounded) → verify the signature over the bytes → parse → intake → 2xx after its commit.
 * Nothing is stored of what is not proven to come from the platform, and no platform is called here.
 * What is stored only after the patience has ended is known when its sender comes again.
 */

export type WebhookDeps = ReadingDeps & {
  readonly intake: Intake
  /** What an account's deliveries may be signed with, and the bridges they are for; null for no such webhook. */
  readonly findTarget: FindTarget
  readonly telemetry: Telemetry
  readonly log: { warn(fields: object, message: string): void }
}

/** `afresh` asks past what is kept for a moment: a secret may just have been changed. */
type FindTarget = (
  id: ConnectionId,
  platform: Platform,
  options: { readonly afresh: boolean },
) => Promise<{
  readonly secrets: readonly string[]
  readonly bridgeIds: readonly BridgeId[]
} | null>

type Answer = {
  readonly status: number
  readonly reason: string
  readonly headers?: Readonly<Record<string, string>>
}

type Address = { readonly platform: Platform; readonly connectionId: ConnectionId }
type Target = NonNullable<Awaited<ReturnType<WebhookDeps['findTarget']>>>

const PATH = /^\/webhooks\/(zendesk|klaviyo)\/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/

/** Zendesk sends less than 256 KB; Klaviyo up to 1,000 events in a delivery. */
const CAP_BYTES: Record<Platform, number> = { zendesk: 512 * 1024, klaviyo: 10 * 1024 * 1024 }

/** How long the sender of too long a body has to read its answer while it still sends. */
const LINGER_MS = 1_000

/** Answers a delivery; false when the request is none. Never throws. */
export function handleWebhook(
  deps: WebhookDeps,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const match = PATH.exec(request.url?.split('?')[0] ?? '')
  if (match === null) return false
  const address = { platform: match[1] as Platform, connectionId: match[2] as ConnectionId }
  receive(deps, address, request)
    .catch((error: unknown) => notStored(deps, address, error))
    .then((answer) => {
      deps.telemetry.deliveries.inc({
        platform: address.platform,
        answer: answer.status === 200 ? 'stored' : answer.reason,
      })
      send(request, response, answer)
    })
    .catch(() => request.destroy())
  return true
}

async function receive(
  deps: WebhookDeps,
  address: Address,
  request: IncomingMessage,
): Promise<Answer> {
  if (request.method !== 'POST')
    return { status: 405, reason: 'only POST is answered here', headers: { allow: 'POST' } }
  const within = sharedPatience()
  const target = await within(findTarget(deps, address, { afresh: false }))
  if (target === null) return { status: 404, reason: 'no such webhook' }
  const cap = CAP_BYTES[address.platform]
  const body = await readBody(request, cap)
  if (body.ok) return within(take(deps, address, target, request, body.value))
  return body.problem === 'too_large'
    ? { status: 413, reason: `the body is larger than ${cap} bytes` }
    : { status: 400, reason: 'the request stopped half way' }
}

async function take(
  deps: WebhookDeps,
  address: Address,
  target: Target,
  { headers }: IncomingMessage,
  rawBody: Buffer,
): Promise<Answer> {
  const { platform } = address
  const stopTimer = deps.telemetry.intakeSeconds.startTimer({ platform })
  const read = (by: Target) => readDelivery(deps, { ...by, platform, headers, rawBody })
  let rows = read(target)
  if (!rows.ok && rows.problem.status === 401) {
    const latest = await findTarget(deps, address, { afresh: true })
    if (latest !== null && latest !== target) rows = read(latest)
  }
  if (!rows.ok) return rows.problem
  await deps.intake.add(rows.value)
  stopTimer()
  return { status: 200, reason: 'stored' }
}

function findTarget(
  deps: WebhookDeps,
  { connectionId, platform }: Address,
  options: { readonly afresh: boolean },
): Promise<Target | null> {
  return deps.findTarget(connectionId, platform, options)
}

function notStored(deps: WebhookDeps, address: Address, error: unknown): Answer {
  deps.log.warn({ ...address, err: error }, 'a delivery could not be stored')
  return {
    status: 503,
    reason: 'not stored: send it again',
    headers: { 'retry-after': '30' },
  }
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const body = JSON.stringify(answer.status === 200 ? { stored: true } : { error: answer.reason })
  const headers = { 'content-type': 'application/json', ...answer.headers }
  if (answer.status === 413) refuseBody(request, response, { body, headers })
  else {
    const length = String(Buffer.byteLength(body))
    response.writeHead(answer.status, { ...headers, 'content-length': length }).end(body)
  }
}

/**
 * Answers at once and ends the connection. What still comes is thrown away for a moment, because a
 * connection closed over unread bytes is reset, and the sender might never see its answer.
 */
function refuseBody(
  request: IncomingMessage,
  response: ServerResponse,
  { body, headers }: { readonly body: string; readonly headers: Record<string, string> },
): void {
  const length = String(Buffer.byteLength(body))
  response.writeHead(413, { ...headers, 'content-length': length, connection: 'close' }).write(body)
  const hangUp = setTimeout(() => response.end(() => request.destroy()), LINGER_MS)
  request.once('end', () => response.end())
  request.once('close', () => clearTimeout(hangUp))
  request.resume()
}
