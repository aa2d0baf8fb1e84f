import { randomUUID } from 'node:crypto'
import type { ConnectionId } from '../../src/kernel/ids.ts'
import { agentComment, customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { fromKlaviyo, fromZendesk, type SignedDelivery } from '../support/signed-delivery.ts'
import type { PerfBridge } from './perf-bridge.ts'

/*
 * Requests ready to be written to a socket: signed beforehand, each with ids of its own. The same bytes
 * go to the service and to the reference, which share the secrets.
 */

function toRequest(delivery: SignedDelivery, connectionId: ConnectionId): Buffer {
  const body = Buffer.from(delivery.body)
  const headers = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...delivery.headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  const path = `/webhooks/${delivery.platform}/${connectionId}`
  const head = `POST ${path} HTTP/1.1\r\n${headers.join('')}\r\n`
  return Buffer.concat([Buffer.from(head), body])
}

/** An agent's comment on one of the bridge's tickets; on ticket 0 it is none of ours. */
export function commentRequest(bridge: PerfBridge, ticket: number, body: string): Buffer {
  const commentId = String(nextNumber())
  const content = agentComment({
    eventId: randomUUID(),
    ticketId: String(ticket),
    commentId,
    body,
  })
  const detail = { ...(content.detail as object), requester_id: userOf(ticket) }
  const now = new Date().toISOString()
  const signed = fromZendesk({ ...content, detail, time: now }, signing(bridge, 'zendesk'))
  return toRequest(signed, bridge.connections.zendesk)
}

/** A text of one of the bridge's customers. */
export function textRequest(bridge: PerfBridge, customer: number, body: string): Buffer {
  const element = textElement(customer, body)
  return toRequest(
    fromKlaviyo(klaviyoDelivery(element), signing(bridge, 'klaviyo')),
    bridge.connections.klaviyo,
  )
}

/** One delivery of many events. */
export function klaviyoRequest(bridge: PerfBridge, elements: readonly unknown[]): Buffer {
  const delivery = fromKlaviyo(klaviyoDelivery(...elements), signing(bridge, 'klaviyo'))
  return toRequest(delivery, bridge.connections.klaviyo)
}

export function textElement(customer: number, body: string): Record<string, unknown> {
  const element = customerText({
    eventId: `E${nextNumber()}`,
    body,
    phone: phoneOf(customer),
    profileId: profileOf(customer),
  })
  return happeningNow(element)
}

/** A campaign's message that arrived on a phone. */
export function campaignElement(customer: number): Record<string, unknown> {
  const eventId = `E${nextNumber()}`
  const data = {
    type: 'event',
    id: eventId,
    attributes: {
      timestamp: Math.floor(Date.now() / 1000),
      datetime: new Date().toISOString(),
      event_properties: {
        $message: '01HZCAMPAIGNMESSAGE0000000',
        'Message Name': 'Black Friday',
        'Campaign Name': 'Black Friday 2026',
        'Message Body': 'Nordlys: 30 % off until Sunday. nordlys.example/bf Reply STOP to opt out',
        'From Number': '+18005550100',
        'To Number': phoneOf(customer),
        'Carrier Delivery Status': 'Delivered',
      },
      uuid: randomUUID(),
    },
    relationships: {
      profile: { data: { type: 'profile', id: profileOf(customer) } },
      metric: { data: { type: 'metric', id: 'XPbM2j' } },
    },
  }
  return { external_id: eventId, topic: 'event:klaviyo.received_sms', payload: { data } }
}

export function phoneOf(customer: number): string {
  return `+1415${String(customer).padStart(7, '0')}`
}

/** The Zendesk user of a customer. */
export function userOf(customer: number): string {
  return String(900_000 + customer)
}

export function profileOf(customer: number): string {
  return `01P${String(customer).padStart(9, '0')}`
}

function happeningNow(element: Record<string, unknown>): Record<string, unknown> {
  const { payload } = element as { payload: { data: { attributes: object } } }
  const attributes = {
    ...payload.data.attributes,
    timestamp: Math.floor(Date.now() / 1000),
    datetime: new Date().toISOString(),
  }
  return { ...element, payload: { data: { ...payload.data, attributes } } }
}

function signing(bridge: PerfBridge, platform: 'zendesk' | 'klaviyo') {
  return { secret: bridge.secrets[platform], at: Date.now() }
}

let last = Date.now() * 1000
function nextNumber(): number {
  last += 1
  return last
}
