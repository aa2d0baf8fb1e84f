import type { IncomingMessage } from 'node:http'
import type { IntakeRow, Platform } from '../db/records.ts'
import { isStorableText, toStorableJson } from '../engine/storable-json.ts'
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

export type ReadingDeps = {
  readonly clock: Clock
  /** Signatures carry real time, so they are held against real time, whatever clock the engine follows. */
  readonly realClock: Clock
  readonly newId: () => string
}

/** Why a delivery is not taken: the status to answer and the reason in words. */
export type Refusal = { readonly status: 400 | 401; readonly reason: string }

type Received = {
  readonly platform: Platform
  /** Every bridge of the account: each keeps the event and decides for itself. */
  readonly bridgeIds: readonly BridgeId[]
  readonly headers: IncomingMessage['headers']
  readonly rawBody: Buffer
  readonly secrets: readonly string[]
}

/** Proves who sent a delivery, then reads its events in the order in which they are to be taken in. */
export function readDelivery(
  deps: ReadingDeps,
  received: Received,
): Result<readonly IntakeRow[], Refusal> {
  const verified = verify(received, deps.realClock.now())
  if (!verified.ok) return err({ status: 401, reason: verified.problem })
  const json = parseJsonObject(verified.value)
  if (!json.ok) return err({ status: 400, reason: json.problem })
  // Before anything is read of it: an id, too, may hold what the database cannot.
  const content = isStorableText(verified.value) ? json.value : toStorableJson(json.value)
  return received.platform === 'zendesk'
    ? ok(received.bridgeIds.map((id) => readZendesk(deps, id, content)))
    : readKlaviyo(deps, received, content)
}

function verify({ platform, headers, rawBody, secrets }: Received, now: Instant) {
  const delivery = { headers: { get: (name: string) => headerOf(headers, name) }, rawBody }
  return platform === 'zendesk'
    ? verifyZendeskDelivery(delivery, secrets, now)
    : verifyKlaviyoDelivery(delivery, secrets, now)
}

function headerOf(headers: IncomingMessage['headers'], name: string): string | null {
  const value = headers[name.toLowerCase()]
  return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
}

function readZendesk(deps: ReadingDeps, id: BridgeId, content: unknown): IntakeRow {
  const eventId = deps.newId() as EventId
  return zendeskRow(parseZendeskEvent(content), content, id, eventId, deps.clock.now())
}

function readKlaviyo(
  deps: ReadingDeps,
  { bridgeIds, headers }: Received,
  content: unknown,
): Result<readonly IntakeRow[], Refusal> {
  const parsed = parseKlaviyoDelivery(content)
  if (!parsed.ok)
    return err({ status: 400, reason: `the delivery cannot be read: ${parsed.problem}` })
  const named = headers['klaviyo-webhook-id']
  if (parsed.value.webhookId !== null && named !== undefined && named !== parsed.value.webhookId)
    return err({ status: 401, reason: 'header and body name different webhooks' })
  const elements = (content as { data: readonly unknown[] }).data
  const now = deps.clock.now()
  const events = parsed.value.events.map((event, index) => ({ event, raw: elements[index] }))
  return ok(
    bridgeIds.flatMap((id) =>
      inOrder(events).map(({ event, raw }) =>
        klaviyoRow(event, raw, id, deps.newId() as EventId, now),
      ),
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
