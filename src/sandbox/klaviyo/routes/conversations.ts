import { z } from 'zod'
import { readBody, reference } from '../api/body.ts'
import type { Call, Routes } from '../api/call.ts'
import {
  type Answer,
  refuseForbidden,
  refuseInvalid,
  refuseNotEmulated,
  refuseUnknown,
} from '../api/errors.ts'
import { selfOf, sparse } from '../api/json-api.ts'
import { readQuery } from '../api/query.ts'
import { isWindowOpen, mayReceive } from '../consent/consent.ts'
import type { Conversation, Profile } from '../entities.ts'
import type { RouteParts } from '../parts.ts'
import { toConversationResource } from '../profiles/profile-resource.ts'
import { conversationsOf } from '../texts/conversations.ts'
import { sendReply } from '../texts/replies.ts'

const MESSAGE = z.object({
  data: z.object({
    type: z.literal('conversation-message'),
    attributes: z.object({
      body: z.string().min(1),
      message_hierarchy: z.array(z.unknown()).nullish(),
    }),
    relationships: z.object({ conversation: z.object({ data: reference('conversation') }) }),
  }),
})

/** https://developers.klaviyo.com/en/reference/conversations_api_overview */
export function createConversationRoutes(parts: RouteParts): Routes {
  const { switches, clock } = parts

  /** Whether such a message is refused at once, or fails later, is not known: both are switches. */
  function complaintAbout(profile: Profile, conversation: Conversation): string | null {
    const { channel } = conversation
    if (switches.unsubscribedReply() === 'refused' && !mayReceive(profile, channel)) {
      return 'The profile is not subscribed to this channel.'
    }
    return switches.expiredWhatsappReply() === 'refused' && !isWindowOpen(conversation, clock.now())
      ? 'The 24-hour window of this conversation is closed.'
      : null
  }

  return {
    get_conversation_for_profile(call) {
      const read = readQuery(call.url, {})
      if (!read.ok) return read.answer
      return latest(call, (conversation) =>
        sparse(
          toConversationResource(conversation, call.url.origin),
          read.query.fieldsOf('conversation'),
        ),
      )
    },

    get_conversation_id_for_profile: (call) =>
      latest(call, ({ id }) => ({ type: 'conversation', id })),

    get_conversations_for_profile(call) {
      const read = readQuery(call.url, {})
      if (!read.ok) return read.answer
      return list(call, (conversation) =>
        sparse(
          toConversationResource(conversation, call.url.origin),
          read.query.fieldsOf('conversation'),
        ),
      )
    },

    get_conversation_ids_for_profile: (call) =>
      list(call, ({ id }) => ({ type: 'conversation', id })),

    // The grant is looked at before the conversation: a public code base probes it so [V3].
    create_conversation_message({ account, body }) {
      const read = readBody(MESSAGE, body)
      if (!read.ok) return read.answer
      if (!account.grants.conversations) {
        return refuseForbidden('The Conversations API is not enabled for this account.')
      }
      const { attributes, relationships } = read.value.data
      if (attributes.message_hierarchy) return refuseNotEmulated('message_hierarchy')
      const { id } = relationships.conversation.data
      const conversation = account.conversations.get(id)
      const profile = account.profiles.get(conversation?.profileId ?? '')
      if (conversation === undefined || profile === null) return refuseUnknown('conversation', id)

      const complaint = complaintAbout(profile, conversation)
      if (complaint !== null) {
        const source = { pointer: '/data/relationships/conversation' }
        return refuseInvalid({ detail: complaint, source })
      }
      sendReply(parts, { account, profile, conversation, body: attributes.body })
      return { status: 202 }
    },
  }
}

type Shown = ReturnType<typeof conversationsOf>[number]

/** The older, singular form: of several conversations the one used last; null without any [I]. */
function latest({ account, url, id }: Call, show: (conversation: Shown) => unknown): Answer {
  if (account.profiles.get(id) === null) return refuseUnknown('profile', id)
  const [newest] = conversationsOf(account, id)
  const data = newest === undefined ? null : show(newest)
  return { status: 200, body: { data, links: { self: selfOf(url) } } }
}

/** Works without the grant too, with `data: []` for a profile that never wrote [V3]. */
function list({ account, url, id }: Call, show: (conversation: Shown) => unknown): Answer {
  if (account.profiles.get(id) === null) return refuseUnknown('profile', id)
  const data = conversationsOf(account, id).map(show)
  return { status: 200, body: { data, links: { self: selfOf(url), next: null, prev: null } } }
}
