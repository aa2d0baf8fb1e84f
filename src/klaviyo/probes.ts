import { z } from 'zod'
import type { KlaviyoConversationId, ProfileId } from '../kernel/ids.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { readAnswer } from '../outbound/read-answer.ts'
import { createConversationMessages } from './conversation-messages.ts'
import type { KlaviyoTransport } from './transport.ts'

/** Calls whose only purpose is to see whether they are allowed. None changes anything. */
export type Probes = {
  /** Any one profile's id, null when there is none. Proves `profiles:read`. */
  anyProfile(): Promise<Result<ProfileId | null, ApiProblem>>
  /** Proves `events:read`. */
  anyEvent(): Promise<Result<null, ApiProblem>>
  /**
   * Proves `conversations:read`, and no more: it answers 200 to accounts that may not send
   * (second-hand, 2026-07). https://developers.klaviyo.com/en/reference/get_conversations_for_profile
   */
  conversationsOf(id: ProfileId): Promise<Result<null, ApiProblem>>
  /**
   * Whether the account may send answers. No reading call tells; so a message is addressed to a
   * conversation that cannot exist. 403: not enabled, or no `conversations:write`. Any other refusal:
   * enabled, and nothing was sent. Second-hand: a public code base probes it so (2026-07).
   */
  mayAnswer(): Promise<Result<null, ApiProblem>>
}

/** Not of the form that Klaviyo's ids have, so that no conversation is ever meant. */
const NO_CONVERSATION = 'replyline-looks-whether-it-may-send' as KlaviyoConversationId

/** Binds the probes to one account. */
export function createProbes(transport: KlaviyoTransport): Probes {
  const messages = createConversationMessages(transport)

  return {
    async anyProfile() {
      const call = { path: '/api/profiles', operation: 'get_profiles', query: ONE_PROFILE }
      const answer = await transport.send({ method: 'GET', ...call })
      if (!answer.ok) return answer
      const read = readAnswer(profilesSchema, answer.value)
      return read.ok ? ok((read.value.data[0]?.id ?? null) as ProfileId | null) : read
    },

    async anyEvent() {
      const call = { path: '/api/events', operation: 'get_events', query: { 'page[size]': '1' } }
      const answer = await transport.send({ method: 'GET', ...call })
      return answer.ok ? ok(null) : answer
    },

    async conversationsOf(id) {
      const path = `/api/profiles/${encodeURIComponent(id)}/conversations`
      const operation = 'get_conversations_for_profile'
      const answer = await transport.send({ method: 'GET', path, operation })
      return answer.ok ? ok(null) : answer
    },

    mayAnswer: () =>
      messages.send({
        conversationId: NO_CONVERSATION,
        body: 'Replyline looks whether it may send. This reaches nobody.',
      }),
  }
}

const ONE_PROFILE = { 'page[size]': '1', 'fields[profile]': 'created' }
const profilesSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string().min(1) })) })
