import { randomUUID } from 'node:crypto'
import type { Account } from '../entities.ts'

const AGENT_STATUSES = ['open', 'routed-to-team', 'resolved-by-ai', 'closed'] as const

type AgentStatus = (typeof AGENT_STATUSES)[number]

/** A conversation of Klaviyo's AI with somebody; the API does not say with whom. */
export type AgentConversation = {
  readonly id: string
  status: AgentStatus
  readonly createdAt: number
  updatedAt: number
  /** Oldest first. */
  readonly messages: AgentMessage[]
}

export type AgentMessage = {
  readonly id: string
  readonly role: 'user' | 'agent'
  readonly content: string
  readonly at: number
}

/** At least one line. */
type Transcript = readonly {
  readonly role: 'user' | 'agent'
  readonly content: string
  /** ISO 8601. */
  readonly at: string
}[]

/** Keeps a conversation that the AI has handed to people; it lasted from its first line to its last. */
export function noteHandedOver(
  account: Account,
  transcript: Transcript,
  status: AgentStatus,
): AgentConversation {
  const messages = transcript.map(({ role, content, at }) =>
    toMessage({ role, content }, Date.parse(at)),
  )
  const conversation = openConversation(account, messages.at(0)?.at ?? 0)
  conversation.messages.push(...messages)
  conversation.status = status
  conversation.updatedAt = messages.at(-1)?.at ?? 0
  return conversation
}

/** An empty conversation, which the account lists from now on. */
export function openConversation(account: Account, now: number): AgentConversation {
  const conversation: AgentConversation = {
    id: randomUUID(),
    status: 'open',
    createdAt: now,
    updatedAt: now,
    messages: [],
  }
  account.agentConversations.set(conversation.id, conversation)
  return conversation
}

export function toMessage(line: Pick<AgentMessage, 'role' | 'content'>, now: number): AgentMessage {
  return { id: randomUUID(), ...line, at: now }
}
