import type { ProfileId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'

/** Whose event it is: at least one. Naming a person nobody knows creates the profile. */
export type EventProfile = {
  readonly id?: ProfileId
  readonly email?: string
  /** E.164; an invalid number is refused. */
  readonly phoneNumber?: string
  readonly externalId?: string
}

/** An event to record. */
export type EventDraft = {
  /** The metric's name, under 128 characters; made under the integration `API` when new. */
  readonly metric: string
  readonly profile: EventProfile
  readonly properties: Readonly<Record<string, unknown>>
  /** Klaviyo keeps whole seconds. */
  readonly time: Instant
  /** 1-255 characters. Per profile and metric only the first event with it is kept. */
  readonly uniqueId: string
  /** Recorded without starting any flow. */
  readonly backfill: boolean
}

/** https://developers.klaviyo.com/en/reference/create_event */
export function toWireEvent(draft: EventDraft): unknown {
  const { id, email, phoneNumber, externalId } = draft.profile
  const attributes = { email, phone_number: phoneNumber, external_id: externalId }
  return {
    data: {
      type: 'event',
      attributes: {
        metric: { data: { type: 'metric', attributes: { name: draft.metric } } },
        profile: { data: { type: 'profile', id, attributes } },
        properties: draft.properties,
        time: toIso(draft.time),
        unique_id: draft.uniqueId,
        backfill: draft.backfill,
      },
    },
  }
}
