import type { Context } from 'hono'
import type { z } from 'zod'
import type { Account, KlaviyoEvent, Profile } from '../klaviyo/entities.ts'
import { nameOfMetric } from '../klaviyo/events/metrics.ts'
import type { KlaviyoStore } from '../klaviyo/store.ts'
import type { Switches } from '../klaviyo/switches/switches.ts'

/** Reads a control call's JSON, or answers 400 in words. */
export async function readControlBody<T>(
  c: Context,
  schema: z.ZodType<T>,
): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; answer: Response }> {
  const body: unknown = await c.req.json().catch(() => null)
  const parsed = schema.safeParse(body)
  if (parsed.success) return { ok: true, value: parsed.data }
  const complaints = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  return { ok: false, answer: refuseControl(c, 400, complaints.join('; ')) }
}

export function refuseControl(c: Context, status: 400 | 404 | 501, description: string): Response {
  const errors = { 400: 'BadRequest', 404: 'NotFound', 501: 'NotImplemented' }
  return c.json({ error: errors[status], description }, status)
}

/** The named account, or the seed's first one. */
export function chooseAccount(store: KlaviyoStore, id: string | undefined): Account | null {
  return id === undefined ? (store.accounts()[0] ?? null) : store.findAccount(id)
}

/** The profile with a number in the named account, or in the first one that has it. */
export function findPerson(
  store: KlaviyoStore,
  phoneNumber: string,
  accountId: string | undefined,
): { account: Account; profile: Profile } | null {
  const people = store.findByPhone(phoneNumber)
  return people.find(({ account }) => accountId === undefined || account.id === accountId) ?? null
}

/** An event as the control API shows it: with its profile and under its metric's present name. */
export function toControlEvent(account: Account, event: KlaviyoEvent, switches: Switches) {
  const metric = account.metrics.get(event.metricId)
  const profile = account.profiles.get(event.profileId)
  return {
    id: event.id,
    account: account.id,
    metric: metric === undefined ? null : nameOfMetric(metric, switches),
    integration: metric?.integration ?? null,
    profileId: event.profileId,
    profile: {
      email: profile?.email ?? null,
      phone_number: profile?.phoneNumber ?? null,
      external_id: profile?.externalId ?? null,
    },
    properties: event.properties,
    time: new Date(event.at).toISOString(),
    unique_id: event.uniqueId,
    value: event.value,
  }
}
