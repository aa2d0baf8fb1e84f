import { z } from 'zod'
import { readBody } from '../api/body.ts'
import type { Call, Routes } from '../api/call.ts'
import { showCollection } from '../api/collection.ts'
import { type Answer, refuseUnknown } from '../api/errors.ts'
import type { Comparison } from '../api/filter.ts'
import {
  type Resource,
  relationship,
  selfLink,
  selfOf,
  sparse,
  toApiTime,
} from '../api/json-api.ts'
import { type QueryRules, readQuery } from '../api/query.ts'
import type { AgentConversation, AgentMessage } from '../customer-agent/conversation.ts'
import type { RouteParts } from '../parts.ts'

const CONVERSATION = 'customer-agent-conversation'
const MESSAGE = 'customer-agent-message'

const RULES: QueryRules = {
  filter: { status: ['any', 'equals'], created_at: ['greater-or-equal'] },
  pageSize: { default: 50, max: 100 },
}
const PAGED: QueryRules = { pageSize: { default: 50, max: 100 } }

const UPDATE = z.object({
  data: z.object({
    type: z.literal(CONVERSATION),
    id: z.string(),
    attributes: z.object({ status: z.literal('closed').optional() }),
  }),
})

/**
 * Klaviyo's AI agent, in beta: what was said, but not to whom.
 * https://developers.klaviyo.com/en/reference/customer_agent_api_overview
 */
export function createAgentConversationRoutes({ clock }: RouteParts): Routes {
  return {
    list_customer_agent_conversations_beta(call) {
      const { account, url } = call
      const newestFirst = [...account.agentConversations.values()].toSorted(
        (a, b) => b.createdAt - a.createdAt,
      )
      return listed(call, RULES, newestFirst, (conversation) =>
        toResource(conversation, url.origin),
      )
    },

    retrieve_customer_agent_conversation_beta: (call) =>
      withConversation(call, (conversation) => show(call, conversation)),

    update_customer_agent_conversation_beta: (call) =>
      withConversation(call, (conversation) => {
        const read = readBody(UPDATE, call.body)
        if (!read.ok) return read.answer
        const { status } = read.value.data.attributes
        if (status !== undefined) conversation.status = status
        conversation.updatedAt = clock.now()
        return show(call, conversation)
      }),

    get_agent_messages_for_customer_agent_conversation_beta: (call) =>
      withConversation(call, ({ messages }) =>
        listed(call, PAGED, messages, (message) => toMessageResource(message, call.url.origin)),
      ),

    get_agent_message_ids_for_customer_agent_conversation_beta: (call) =>
      withConversation(call, ({ messages }) =>
        listed(call, PAGED, messages, ({ id }) => ({
          type: MESSAGE,
          id,
          links: selfLink(call.url.origin, `${MESSAGE}s`, id),
        })),
      ),
  }
}

function withConversation(
  { account, id }: Call,
  then: (found: AgentConversation) => Answer,
): Answer {
  const found = account.agentConversations.get(id)
  return found === undefined ? refuseUnknown(CONVERSATION, id) : then(found)
}

function show({ url }: Call, conversation: AgentConversation): Answer {
  const read = readQuery(url, {})
  if (!read.ok) return read.answer
  const data = sparse(toResource(conversation, url.origin), read.query.fieldsOf(CONVERSATION))
  return { status: 200, body: { data, links: { self: selfOf(url) } } }
}

function listed<Item extends AgentConversation | AgentMessage>(
  call: Call,
  rules: QueryRules,
  items: readonly Item[],
  toResource: (item: Item) => Resource,
): Answer {
  return showCollection(call, { rules, items, keyOf: ({ id }) => id, isMatch, toResource })
}

function isMatch(item: AgentConversation | AgentMessage, { field, value }: Comparison): boolean {
  if (!('status' in item)) return true
  if (field === 'status') return [value].flat().includes(item.status)
  return item.createdAt >= Date.parse(String(value))
}

function toResource(conversation: AgentConversation, origin: string): Resource {
  const links = selfLink(origin, `${CONVERSATION}s`, conversation.id)
  return {
    type: CONVERSATION,
    id: conversation.id,
    attributes: {
      status: conversation.status,
      created_at: toApiTime(conversation.createdAt),
      updated_at: toApiTime(conversation.updatedAt),
    },
    relationships: { [`${MESSAGE}s`]: relationship(links, `${MESSAGE}s`) },
    links,
  }
}

function toMessageResource({ id, role, content, at }: AgentMessage, origin: string): Resource {
  return {
    type: MESSAGE,
    id,
    attributes: { role, content, created_at: toApiTime(at), updated_at: toApiTime(at) },
    links: selfLink(origin, `${MESSAGE}s`, id),
  }
}
