import { z } from 'zod'
import { email, phoneNumber, readBody, reference } from '../api/body.ts'
import type { Call, Routes } from '../api/call.ts'
import { type Answer, refuseInvalid, refuseNotEmulated, refuseUnknown } from '../api/errors.ts'
import { applyConsentJob } from '../consent/subscription-jobs.ts'
import type { Account, Profile } from '../entities.ts'
import type { ProfileList } from '../groups/profile-list.ts'
import type { RouteParts } from '../parts.ts'

const MOST_SUBSCRIBED = 1_000
const MOST_UNSUBSCRIBED = 100

function jobBody<Type extends string>(
  type: Type,
  consent: 'SUBSCRIBED' | 'UNSUBSCRIBED',
  most: number,
) {
  const marketing = z.object({
    consent: z.literal(consent),
    consented_at: z.iso.datetime({ offset: true }).nullish(),
  })
  const profile = z.object({
    type: z.literal('profile'),
    id: z.string().nullish(),
    attributes: z.object({
      email,
      phone_number: phoneNumber,
      subscriptions: z.looseObject({
        sms: z.looseObject({ marketing: marketing.nullish() }).nullish(),
      }),
    }),
  })
  return z.object({
    data: z.object({
      type: z.literal(type),
      attributes: z.object({
        profiles: z.object({ data: z.array(profile).min(1).max(most) }),
        historical_import: z.boolean().nullish(),
      }),
      relationships: z.object({ list: z.object({ data: reference('list') }).optional() }).nullish(),
    }),
  })
}

const SUBSCRIBE = jobBody('profile-subscription-bulk-create-job', 'SUBSCRIBED', MOST_SUBSCRIBED)
const UNSUBSCRIBE = jobBody(
  'profile-subscription-bulk-delete-job',
  'UNSUBSCRIBED',
  MOST_UNSUBSCRIBED,
)

type Job = z.infer<typeof SUBSCRIBE> | z.infer<typeof UNSUBSCRIBE>
type Person = Job['data']['attributes']['profiles']['data'][number]

/** Consent that is given and taken away for many at once. */
export function createConsentJobRoutes({ clock, events }: RouteParts): Routes {
  function changeAll(
    { account }: Call,
    { data }: Job,
    status: 'SUBSCRIBED' | 'UNSUBSCRIBED',
  ): Answer {
    const { profiles, historical_import } = data.attributes
    const list = findList(account, data)
    if (list === undefined) return refuseUnknown('list', data.relationships?.list?.data.id ?? '')
    const missing = notEmulatedIn(data, list)
    if (missing !== null) return refuseNotEmulated(missing)
    const isHistorical = historical_import === true
    const complaint = profiles.data
      .map((each) => complaintAbout(each, isHistorical, clock.now()))
      .find((each) => each !== null)
    if (complaint) return refuseInvalid({ detail: complaint })

    for (const person of profiles.data) {
      const given = person.attributes.subscriptions.sms?.marketing?.consented_at
      const at = given ? Date.parse(given) : clock.now()
      const profile = findOrCreate(account, person, clock.now())
      applyConsentJob(events, { account, profile, status, at, isHistorical })
      if (list?.joinedAt.has(profile.id) === false) list.joinedAt.set(profile.id, clock.now())
    }
    return { status: 202 }
  }

  return {
    bulk_subscribe_profiles(call) {
      const read = readBody(SUBSCRIBE, call.body)
      return read.ok ? changeAll(call, read.value, 'SUBSCRIBED') : read.answer
    },

    bulk_unsubscribe_profiles(call) {
      const read = readBody(UNSUBSCRIBE, call.body)
      return read.ok ? changeAll(call, read.value, 'UNSUBSCRIBED') : read.answer
    },
  }
}

/** Null: no list is named. Undefined: the one that is named is not there. */
function findList({ lists }: Account, { relationships }: Job['data']) {
  const id = relationships?.list?.data.id
  return id === undefined ? null : lists.get(id)
}

function notEmulatedIn({ type, attributes }: Job['data'], list: ProfileList | null): string | null {
  if (list !== null && type === 'profile-subscription-bulk-delete-job') {
    return 'unsubscribing from a list'
  }
  const asksFirst = list?.optInProcess === 'double_opt_in' && !attributes.historical_import
  if (asksFirst) return 'double opt-in to a list'
  const beyond = attributes.profiles.data.some(({ attributes: { subscriptions } }) => {
    const { sms, ...others } = subscriptions
    return !sms?.marketing || sms.transactional || Object.values(others).some(Boolean)
  })
  return beyond ? 'consent for anything but SMS marketing' : null
}

function complaintAbout(person: Person, isHistorical: boolean, now: number): string | null {
  const { attributes } = person
  if (!attributes.phone_number) return 'A phone number is required for consent to SMS.'
  const at = attributes.subscriptions.sms?.marketing?.consented_at
  if (isHistorical && (!at || Date.parse(at) > now)) {
    return 'consented_at is required for a historical import and must be in the past.'
  }
  return !isHistorical && at ? 'consented_at is only for a historical import.' : null
}

function findOrCreate(account: Account, { id, attributes }: Person, now: number): Profile {
  const { phone_number, email: address } = attributes
  const identifiers = { phoneNumber: phone_number ?? null, email: address ?? null }
  const known = account.profiles.find({ id: id ?? null, ...identifiers })
  return known ?? account.profiles.create(identifiers, now)
}
