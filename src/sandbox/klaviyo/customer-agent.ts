import { randomUUID } from 'node:crypto'
import type { Account } from './entities.ts'

const AGENT_STATUSES = ['open', 'routed-to-team', 'resolved-by-ai', 'closed'] as const

/** A conversation of Klaviyo's AI with somebody; the API does not say with whom. */
export type AgentConversation = {
  readonly id: string
  status: (typeof AGENT_STATUSES)[number]
  readonly createdAt: number
  updatedAt: number
  /** Oldest first. */
  readonly messages: readonly AgentMessage[]
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
export function noteHandedOver(account: Account, transcript: Transcript): AgentConversation {
  const messages = transcript.map(({ role, content, at }) => ({
    id: randomUUID(),
    role,
    content,
    at: Date.parse(at),
  }))
  const conversation: AgentConversation = {
    id: randomUUID(),
    status: 'routed-to-team',
    createdAt: messages.at(0)?.at ?? 0,
    updatedAt: messages.at(-1)?.at ?? 0,
    messages,
  }
  account.agentConversations.set(conversation.id, conversation)
  return conversation
}
