import { notEmulatedInProfile, readBody } from '../api/body.ts'
import type { Routes } from '../api/call.ts'
import { refuseInvalid, refuseNotEmulated } from '../api/errors.ts'
import type { Account } from '../entities.ts'
import { bulkBody, type EventInput, eventBody, toEvent } from '../events/event-body.ts'
import { findOrAddCustomMetric } from '../events/metrics.ts'
import type { RouteParts } from '../parts.ts'
import { upsertForEvent } from '../profiles/profile-writes.ts'

/** "Accepts up to 1,000 events per request." */
const MOST_EVENTS = 1_000

/** https://developers.klaviyo.com/en/reference/events_api_overview */
export function createEventWriteRoutes({ clock, events }: RouteParts): Routes {
  const oneEvent = eventBody(clock.now)
  const manyEvents = bulkBody(clock.now)

  /** False when the event names a profile id that does not exist. */
  function record(account: Account, input: EventInput): boolean {
    const now = clock.now()
    const profile = upsertForEvent(account, input.profile, now)
    if (profile === null) return false
    const metric = findOrAddCustomMetric(account, input.metricName, now)
    events.record({ account, profile, metric, ...toEvent(input) })
    return true
  }

  return {
    create_event({ account, body }) {
      const read = readBody(oneEvent, body)
      if (!read.ok) return read.answer
      const missing = notEmulatedIn(read.value)
      if (missing !== null) return refuseNotEmulated(missing)
      if (!record(account, read.value)) return refuseInvalid(NO_SUCH_PROFILE)
      return { status: 202 }
    },

    bulk_create_events({ account, body }) {
      const read = readBody(manyEvents, body)
      if (!read.ok) return read.answer
      const inputs = read.value
      if (inputs.length > MOST_EVENTS) {
        return refuseInvalid({ detail: `At most ${MOST_EVENTS} events are allowed.`, source: BULK })
      }
      const missing = inputs.map(notEmulatedIn).find((each) => each !== null)
      if (missing) return refuseNotEmulated(missing)
      const repeated = findRepeated(account, inputs)
      if (repeated !== null) {
        const detail = `The unique_id '${repeated}' is repeated for the same profile and metric.`
        return refuseInvalid({ detail, source: BULK })
      }
      for (const input of inputs) record(account, input)
      return { status: 202 }
    },
  }
}

/** Metrics of other integrations are for their makers. */
function notEmulatedIn({ service, profile }: EventInput): string | null {
  if (service !== 'api') return `metrics of the service ${service}`
  return notEmulatedInProfile(profile.attributes, profile.attributes.meta)
}

const NO_SUCH_PROFILE = {
  detail: 'The profile does not exist.',
  source: { pointer: '/data/attributes/profile/data/id' },
}

const BULK = { pointer: '/data/attributes/events-bulk-create/data' }

/**
 * Unlike a single event, a repetition inside one request fails the whole request. Repetitions of
 * events that were recorded earlier are dropped as ever.
 */
function findRepeated(account: Account, inputs: readonly EventInput[]): string | null {
  const seen = new Set<string>()
  for (const { profile, metricName, uniqueId } of inputs) {
    if (uniqueId === undefined) continue
    const { email, phone_number, external_id, anonymous_id } = profile.attributes
    const known = account.profiles.find({
      id: profile.id ?? null,
      externalId: external_id ?? null,
      email: email ?? null,
      phoneNumber: phone_number ?? null,
    })
    const who = known?.id ?? [email, phone_number, external_id, anonymous_id].join(' ')
    const key = [who, metricName, uniqueId].join('\n')
    if (seen.has(key)) return uniqueId
    seen.add(key)
  }
  return null
}
