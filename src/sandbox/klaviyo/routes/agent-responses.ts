import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { email, phoneNumber, readBody, reference } from '../api/body.ts'
import type { Call, Routes } from '../api/call.ts'
import { type Answer, refuseUnknown } from '../api/errors.ts'
import { type Resource, relationship, selfLink, sparse } from '../api/json-api.ts'
import { readQuery } from '../api/query.ts'
import {
  type AgentConversation,
  openConversation,
  toMessage,
} from '../customer-agent/conversation.ts'
import { type AgentEvent, takeTurn } from '../customer-agent/turn.ts'
import type { RouteParts } from '../parts.ts'

const TYPE = 'customer-agent-response'
const CONVERSATION = 'customer-agent-conversation'

const text = z.string().nullish()

const CREATE = z.object({
  data: z.object({
    type: z.literal(TYPE),
    attributes: z.object({
      mode: z.enum(['preview', 'live']),
      channel: z.enum(['web-chat', 'sms', 'email', 'whatsapp']).optional(),
      messages: z
        .array(z.object({ role: z.enum(['user', 'agent']), content: z.string().min(1) }))
        .refine((all) => all.at(-1)?.role === 'user', 'The final message must have role user.'),
      customer: z
        .object({
          email,
          phone_number: phoneNumber,
          first_name: text,
          last_name: text,
          profile_id: text,
        })
        .nullish(),
    }),
    relationships: z
      .object({ conversation: z.object({ data: reference(CONVERSATION) }).optional() })
      .optional(),
  }),
})

/** One turn of Klaviyo's AI agent, in beta: a message in, everything that it does about it out. */
export function createAgentResponseRoutes({ clock, switches }: RouteParts): Routes {
  /** Undefined: it is not there, or no longer open to anybody. */
  function findOrOpen({ account }: Call, id: string | undefined): AgentConversation | undefined {
    if (id === undefined) return openConversation(account, clock.now())
    const known = account.agentConversations.get(id)
    return known?.status === 'closed' ? undefined : known
  }

  function note(
    conversation: AgentConversation,
    said: string,
    events: readonly AgentEvent[],
  ): void {
    const now = clock.now()
    conversation.messages.push(toMessage({ role: 'user', content: said }, now))
    for (const event of events) {
      if (event.type === 'message') conversation.messages.push(toMessage(event, now))
      if (event.type === 'handoff') conversation.status = switches.handedOffStatus()
    }
    conversation.updatedAt = now
  }

  return {
    create_customer_agent_response_beta(call) {
      const read = readBody(CREATE, call.body)
      if (!read.ok) return read.answer
      const { attributes, relationships } = read.value.data
      const id = relationships?.conversation?.data.id
      const said = attributes.messages.at(-1)?.content ?? ''
      const choice = { turn: switches.agentTurn(), mode: switches.handOffMode() }
      const events = takeTurn(call.account.customerAgent, said, choice)
      // A preview is no conversation of the account's; its id serves the next turn.
      if (attributes.mode === 'preview') return show(call, id ?? randomUUID(), events)

      const conversation = findOrOpen(call, id)
      if (conversation === undefined) return refuseUnknown(CONVERSATION, id ?? '')
      note(conversation, said, events)
      return show(call, conversation.id, events)
    },
  }
}

function show({ url }: Call, id: string, events: readonly AgentEvent[]): Answer {
  const read = readQuery(url, {})
  if (!read.ok) return read.answer
  const links = selfLink(url.origin, `${TYPE}s`, id)
  const resource: Resource = {
    type: TYPE,
    id,
    attributes: { conversation_id: id, events },
    relationships: {
      conversation: relationship(links, 'conversation', { type: CONVERSATION, id }),
    },
    links,
  }
  return { status: 201, body: { data: sparse(resource, read.query.fieldsOf(TYPE)), links } }
}
