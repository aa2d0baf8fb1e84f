import { z } from 'zod'
import { readBody, reference } from '../api/body.ts'
import type { Routes } from '../api/call.ts'
import { refuseInvalid, refuseUnknown } from '../api/errors.ts'
import { selfLink } from '../api/json-api.ts'
import type { JobParts } from '../parts.ts'
import { mergeProfiles } from '../profiles/profile-merge.ts'

const MERGE = z.object({
  data: z.object({
    type: z.literal('profile-merge'),
    id: z.string().min(1),
    relationships: z.object({
      profiles: z.object({
        data: z.array(reference('profile')).length(1, 'Exactly one source profile is accepted.'),
      }),
    }),
  }),
})

/** Two profiles of one person become one, a while after it was asked for. */
export function createProfileMergeRoutes({ clock, timers, switches }: JobParts): Routes {
  return {
    merge_profiles({ account, url, body }) {
      const read = readBody(MERGE, body)
      if (!read.ok) return read.answer
      const { id, relationships } = read.value.data
      const sourceId = relationships.profiles.data[0]?.id ?? ''
      const missing = [id, sourceId].find((each) => account.profiles.get(each) === null)
      if (missing !== undefined) return refuseUnknown('profile', missing)
      if (id === sourceId) return refuseInvalid({ detail: 'A profile cannot merge into itself.' })

      timers.at(clock.now() + switches.mergeDelayMs(), () => {
        const kept = account.profiles.get(id)
        const source = account.profiles.get(sourceId)
        if (kept !== null && source !== null) mergeProfiles(account, kept, source, clock.now())
      })
      const links = selfLink(url.origin, 'profiles', id)
      return { status: 201, body: { data: { type: 'profile', id, links }, links } }
    },
  }
}
