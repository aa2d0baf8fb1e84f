import type { IncomingMessage, ServerResponse } from 'node:http'
import type { IntakeRow, Platform } from '../db/records.ts'
import type { Intake } from '../engine/intake.ts'
import { toIntakeRow as klaviyoRow } from '../engine/translate-klaviyo.ts'
import { toIntakeRow as zendeskRow } from '../engine/translate-zendesk.ts'
import type { BridgeId, EventId } from '../kernel/ids.ts'
import type { Clock, Instant } from '../kernel/instant.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { parseKlaviyoDelivery } from '../klaviyo/webhook/parse.ts'
import { verifyKlaviyoDelivery } from '../klaviyo/webhook/verify.ts'
import { parseZendeskEvent } from '../zendesk/webhook/parse.ts'
import { verifyZendeskDelivery } from '../zendesk/webhook/verify.ts'
import { parseJsonObject } from './parse-json.ts'
import { readBody } from './read-body.ts'
import type { Telemetry } from './telemetry.ts'

/*
 * Where the platforms deliver: /webhooks/<platform>/<bridge id>.
 *
 * read (bounded) → verify the signature over the bytes → parse → intake → 2xx after its commit.
 * Nothing is stored of what is not proven to come from the platform, and no platform is called here.
 * Signatures carry real time, so they are held against real time, whatever clock the engine follows.
 */

export type WebhookDeps = {
  readonly intake: Intake
  readonly findSecrets: (id: BridgeId, platform: Platform) => Promise<readonly string[] | null>
  readonly clock: Clock
  readonly realClock: Clock
  readonly newId: () => string
  readonly telemetry: Telemetry
  readonly log: { warn(fields: object, message: string): void }
}

type Answer = {
  readonly status: number
  readonly reason: string
  readonly retryAfterSeconds?: number
}

const PATH = /^\/webhooks\/(zendesk|klaviyo)\/([0-9a-f-]{36})$/

/** Zendesk sends less than 256 KB; Klaviyo up to 1,000 events in a delivery. */
const CAP_BYTES: Record<Platform, number> = { zendesk: 512 * 1024, klaviyo: 10 * 1024 * 1024 }

/** Answers a delivery; false when the request is none. Never throws. */
export function handleWebhook(
  deps: WebhookDeps,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const match = PATH.exec(request.url?.split('?')[0] ?? '')
  if (match === null) return false
  const platform = match[1] as Platform
  receive(deps, platform, match[2] as BridgeId, request)
    .catch((error: unknown): Answer => {
      deps.log.warn({ platform, err: error }, 'a delivery could not be stored')
      return { status: 503, reason: 'not stored: send it again', retryAfterSeconds: 30 }
    })
    .then((answer) => {
      deps.telemetry.deliveries.inc({
        platform,
        answer: answer.status === 200 ? 'stored' : answer.reason,
      })
      send(request, response, answer)
    })
    .catch(() => request.destroy())
  return true
}

async function receive(
  deps: WebhookDeps,
  platform: Platform,
  id: BridgeId,
  request: IncomingMessage,
): Promise<Answer> {
  if (request.method !== 'POST') return { status: 405, reason: 'only POST is answered here' }
  const body = await readBody(request, CAP_BYTES[platform])
  if (!body.ok)
    return { status: 413, reason: `the body is larger than ${CAP_BYTES[platform]} bytes` }
  const stopTimer = deps.telemetry.intakeSeconds.startTimer({ platform })
  const secrets = await deps.findSecrets(id, platform)
  if (secrets === null) return { status: 404, reason: 'no such bridge' }
  const rows = read(deps, platform, id, request, body.value, secrets)
  if (!rows.ok) return rows.problem
  await deps.intake.add(rows.value)
  stopTimer()
  return { status: 200, reason: 'stored' }
}

function read(
  deps: WebhookDeps,
  platform: Platform,
  id: BridgeId,
  request: IncomingMessage,
  rawBody: Buffer,
  secrets: readonly string[],
): Result<readonly IntakeRow[], Answer> {
  const delivery = { headers: headersOf(request), rawBody }
  const now = deps.realClock.now()
  const verified =
    platform === 'zendesk'
      ? verifyZendeskDelivery(delivery, secrets, now)
      : verifyKlaviyoDelivery(delivery, secrets, now)
  if (!verified.ok) return err({ status: 401, reason: verified.problem })
  const json = parseJsonObject(verified.value)
  if (!json.ok) return err({ status: 400, reason: json.problem })
  return platform === 'zendesk'
    ? ok([readZendesk(deps, id, json.value)])
    : readKlaviyo(deps, id, request, json.value)
}

function readZendesk(deps: WebhookDeps, id: BridgeId, json: object): IntakeRow {
  return zendeskRow(parseZendeskEvent(json), json, id, deps.newId() as EventId, deps.clock.now())
}

function readKlaviyo(
  deps: WebhookDeps,
  id: BridgeId,
  request: IncomingMessage,
  json: object,
): Result<readonly IntakeRow[], Answer> {
  const parsed = parseKlaviyoDelivery(json)
  if (!parsed.ok)
    return err({ status: 400, reason: `the delivery cannot be read: ${parsed.problem}` })
  const named = request.headers['klaviyo-webhook-id']
  if (parsed.value.webhookId !== null && named !== undefined && named !== parsed.value.webhookId)
    return err({ status: 401, reason: 'header and body name different webhooks' })
  const elements = (json as { data: readonly unknown[] }).data
  const now = deps.clock.now()
  const events = parsed.value.events.map((event, index) => ({ event, raw: elements[index] }))
  return ok(
    inOrder(events).map(({ event, raw }) =>
      klaviyoRow(event, raw, id, deps.newId() as EventId, now),
    ),
  )
}

/** A delivery's events come in no promised order; within it, their own times are the best there is. */
function inOrder<Item extends { readonly event: { readonly at?: Instant } | object }>(
  events: readonly Item[],
): readonly Item[] {
  const at = ({ event }: Item) => ('at' in event ? (event.at ?? 0) : 0)
  return events.toSorted((a, b) => at(a) - at(b))
}

function headersOf(request: IncomingMessage): { get(name: string): string | null } {
  return {
    get: (name) => {
      const value = request.headers[name.toLowerCase()]
      return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
    },
  }
}

/** After a refused body the connection is closed: the rest of it is not wanted. */
function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (answer.retryAfterSeconds !== undefined)
    headers['retry-after'] = String(answer.retryAfterSeconds)
  if (answer.status === 413) headers.connection = 'close'
  response
    .writeHead(answer.status, headers)
    .end(
      JSON.stringify(answer.status === 200 ? { stored: true } : { error: answer.reason }),
      () => {
        if (answer.status === 413) request.destroy()
      },
    )
}
