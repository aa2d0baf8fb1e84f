import { z } from 'zod'
import { notEmulatedInProfile, profileAttributes, profileMeta, readBody } from '../api/body.ts'
import type { Call, Routes } from '../api/call.ts'
import {
  type Answer,
  refuseDuplicateProfile,
  refuseInvalid,
  refuseNotEmulated,
  refuseUnknown,
} from '../api/errors.ts'
import { readQuery } from '../api/query.ts'
import type { Profile } from '../entities.ts'
import type { RouteParts } from '../parts.ts'
import { toProfileResource } from '../profiles/profile-resource.ts'
import {
  applyAttributes,
  applyMeta,
  findRival,
  hasIdentifier,
  identifiersIn,
} from '../profiles/profile-writes.ts'

const PROFILE = z.object({
  data: z.object({
    type: z.literal('profile'),
    id: z.string().nullish(),
    attributes: profileAttributes,
    meta: profileMeta.optional(),
  }),
})

type Given = z.infer<typeof PROFILE>['data']

const NEEDS_IDENTIFIER = {
  detail: 'One or more of the following profile identifiers is required: id, email, phone_number.',
  source: { pointer: '/data/attributes' },
}

function readProfile(body: unknown): ReturnType<typeof readBody<z.infer<typeof PROFILE>>> {
  const read = readBody(PROFILE, body)
  if (!read.ok) return read
  const { attributes, meta } = read.value.data
  const missing = notEmulatedInProfile(attributes, meta)
  return missing === null ? read : { ok: false, answer: refuseNotEmulated(missing) }
}

/** https://developers.klaviyo.com/en/reference/profiles_api_overview */
export function createProfileWriteRoutes({ clock }: RouteParts): Routes {
  function write(profile: Profile, given: Given): void {
    applyAttributes(profile, given.attributes, clock.now())
    applyMeta(profile, given.meta)
  }

  function show({ account, url }: Call, profile: Profile, status: number): Answer {
    const read = readQuery(url, {})
    if (!read.ok) return read.answer
    const view = {
      account,
      origin: url.origin,
      query: read.query,
      now: clock.now(),
      hasConversations: false,
    }
    const data = toProfileResource(profile, view)
    return { status, body: { data, links: { self: data.links.self } } }
  }

  return {
    create_profile(call) {
      const read = readProfile(call.body)
      if (!read.ok) return read.answer
      const identifiers = identifiersIn(read.value.data.attributes)
      if (!hasIdentifier(identifiers)) return refuseInvalid(NEEDS_IDENTIFIER)
      const rival = findRival(call.account, identifiers, null)
      if (rival !== null) return refuseDuplicateProfile(rival.id)

      const profile = call.account.profiles.create(identifiers, clock.now())
      write(profile, read.value.data)
      return show(call, profile, 201)
    },

    update_profile(call) {
      const read = readProfile(call.body)
      if (!read.ok) return read.answer
      const profile = call.account.profiles.get(call.id)
      if (profile === null) return refuseUnknown('profile', call.id)
      if (read.value.data.id !== call.id) {
        const detail = 'The id in the body must match the id in the path.'
        return refuseInvalid({ detail, source: { pointer: '/data/id' } })
      }
      return update(call, profile, read.value.data)
    },

    create_or_update_profile(call) {
      const read = readProfile(call.body)
      if (!read.ok) return read.answer
      const { id } = read.value.data
      const identifiers = identifiersIn(read.value.data.attributes)
      if (!id && !hasIdentifier(identifiers)) return refuseInvalid(NEEDS_IDENTIFIER)
      const known = call.account.profiles.find({ id: id ?? null, ...identifiers })
      if (known !== null) return update(call, known, read.value.data)
      if (id) return refuseUnknown('profile', id)

      const profile = call.account.profiles.create(identifiers, clock.now())
      write(profile, read.value.data)
      return show(call, profile, 201)
    },
  }

  function update(call: Call, profile: Profile, given: Given): Answer {
    const identifiers = identifiersIn(given.attributes)
    const rival = findRival(call.account, identifiers, profile)
    if (rival !== null) return refuseDuplicateProfile(rival.id)
    call.account.profiles.identify(profile, identifiers)
    write(profile, given)
    return show(call, profile, 200)
  }
}
