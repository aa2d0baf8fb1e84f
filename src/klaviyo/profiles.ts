import { z } from 'zod'
import type { ProfileId } from '../kernel/ids.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { readAnswer } from '../outbound/read-answer.ts'
import { includedConversations, type Profile, profileResource, toProfile } from './profile.ts'
import type { KlaviyoTransport } from './transport.ts'
import { quoted } from './wire.ts'

/** https://developers.klaviyo.com/en/reference/profiles_api_overview */
export type Profiles = {
  /** A profile with its consent and conversations, in one call. A merged profile is a 404. */
  get(id: ProfileId): Promise<Result<Profile, ApiProblem>>
  /** The profile with this number, E.164; null when there is none. */
  findByPhone(e164: string): Promise<Result<Profile | null, ApiProblem>>
  findByEmail(email: string): Promise<Result<Profile | null, ApiProblem>>
}

const WITH_EVERYTHING = {
  'additional-fields[profile]': 'subscriptions',
  include: 'conversations',
} as const

/** Binds the profile calls to one account. Needs `profiles:read` and `conversations:read`. */
export function createProfiles(transport: KlaviyoTransport): Profiles {
  async function find(filter: string): Promise<Result<Profile | null, ApiProblem>> {
    const answer = await transport.send({
      method: 'GET',
      path: '/api/profiles',
      operation: 'get_profiles',
      query: { ...WITH_EVERYTHING, filter },
    })
    if (!answer.ok) return answer
    const read = readAnswer(manySchema, answer.value)
    if (!read.ok) return read
    const [first] = read.value.data
    return ok(first === undefined ? null : toProfile(first, read.value.included))
  }

  return {
    async get(id) {
      const answer = await transport.send({
        method: 'GET',
        path: `/api/profiles/${encodeURIComponent(id)}`,
        operation: 'get_profile',
        query: WITH_EVERYTHING,
      })
      if (!answer.ok) return answer
      const read = readAnswer(oneSchema, answer.value)
      return read.ok ? ok(toProfile(read.value.data, read.value.included)) : read
    },

    findByPhone: (e164) => find(`equals(phone_number,${quoted(e164)})`),
    findByEmail: (email) => find(`equals(email,${quoted(email)})`),
  }
}

const oneSchema = z.looseObject({ data: profileResource, included: includedConversations })
const manySchema = z.looseObject({
  data: z.array(profileResource),
  included: includedConversations,
})
