import { expect } from 'vitest'
import { type SignedDelivery, withHeaders } from './signed-delivery.ts'
import type { TestService } from './test-service.ts'

const SIGNATURE = {
  zendesk: 'x-zendesk-webhook-signature',
  klaviyo: 'klaviyo-signature',
} as const
const TIMESTAMP = {
  zendesk: 'x-zendesk-webhook-signature-timestamp',
  klaviyo: 'klaviyo-timestamp',
} as const

/** The same request with its signature replaced; null leaves it out. */
export function withSignature(
  delivery: SignedDelivery,
  change: (signature: string) => string | null,
): SignedDelivery {
  const name = SIGNATURE[delivery.platform]
  return withHeaders(delivery, { [name]: change(delivery.headers[name] ?? '') })
}

/** The same request with another timestamp, the signature left as it was. */
export function withTimestamp(delivery: SignedDelivery, timestamp: string | null): SignedDelivery {
  return withHeaders(delivery, { [TIMESTAMP[delivery.platform]]: timestamp })
}

export function timestampOf(delivery: SignedDelivery): string {
  return delivery.headers[TIMESTAMP[delivery.platform]] ?? ''
}

/** Answered with its reason, counted under it, and nothing kept. */
export async function expectRefused(
  service: TestService,
  delivery: SignedDelivery,
  answer: { readonly status: number; readonly reason: string },
): Promise<void> {
  const { platform } = delivery
  const counted = await countOf(service, platform, answer.reason)
  const response = await service.deliver(delivery)
  expect([response.status, await response.json()]).toEqual([
    answer.status,
    { error: answer.reason },
  ])
  expect(await countOf(service, platform, answer.reason)).toBe(counted + 1)
  for (const table of ['events', 'intake_keys', 'work_items', 'pgboss.job'] as const)
    expect(await service.count(table)).toBe(0)
}

/** How many deliveries were answered so, as `/metrics` tells it. */
export async function countOf(
  service: TestService,
  platform: string,
  answer: string,
): Promise<number> {
  const text = await (await fetch(`${service.url}/metrics`)).text()
  const start = `replyline_deliveries_total{platform="${platform}",answer="${answer}"} `
  const line = text.split('\n').find((candidate) => candidate.startsWith(start))
  return Number(line?.slice(start.length) ?? 0)
}
