import type { CustomerAgent, Guidance } from './agent.ts'

export const HAND_OFF_CATEGORIES = [
  'explicit-ask',
  'escalation-rule',
  'unintelligible-input',
  'bad-billing-state',
] as const

type Category = (typeof HAND_OFF_CATEGORIES)[number]

export const HAND_OFF_MODES = ['hard', 'soft', 'silent'] as const

/** What the agent does in one turn, as the API tells it. */
export type AgentEvent =
  | { readonly type: 'message'; readonly role: 'agent'; readonly content: string }
  | {
      readonly type: 'handoff'
      readonly mode: (typeof HAND_OFF_MODES)[number]
      readonly category: Category
    }
  | { readonly type: 'require-authentication' }
  | { readonly type: 'error'; readonly code: number; readonly message: string }

/** How a turn ends: decided by the words, or always in one way. */
export const TURNS = ['by_words', 'asks_to_sign_in', 'fails', 'is_not_paid'] as const

export type TurnChoice = {
  readonly turn: (typeof TURNS)[number]
  readonly mode: (typeof HAND_OFF_MODES)[number]
}

/**
 * What the emulated agent says to a message. It has no model: it answers every message with the same
 * kind of sentence, and gives up when it is asked for a person, when the words of an enabled escalation
 * rule's title occur, and when a message holds no letter. The words are the sandbox's own.
 */
export function takeTurn(
  agent: CustomerAgent,
  message: string,
  { turn, mode }: TurnChoice,
): readonly AgentEvent[] {
  if (turn === 'asks_to_sign_in') return [{ type: 'require-authentication' }]
  if (turn === 'fails') return [{ type: 'error', code: 500, message: 'The agent failed.' }]
  const category = turn === 'is_not_paid' ? 'bad-billing-state' : whyHandedOff(agent, message)
  if (category === null) return [says(agent, `You asked: ${message}`)]
  const handOff: AgentEvent = { type: 'handoff', mode, category }
  return mode === 'silent' ? [handOff] : [says(agent, 'I will ask a colleague.'), handOff]
}

function whyHandedOff({ escalationRules }: CustomerAgent, message: string): Category | null {
  if (!/\p{L}/u.test(message)) return 'unintelligible-input'
  if (/\b(human|person|somebody|agent|representative)\b/i.test(message)) return 'explicit-ask'
  return escalationRules.some((rule) => fires(rule, message)) ? 'escalation-rule' : null
}

function fires({ title, status }: Guidance, message: string): boolean {
  return status === 'enabled' && message.toLowerCase().includes(title.toLowerCase())
}

function says({ name }: CustomerAgent, content: string): AgentEvent {
  return {
    type: 'message',
    role: 'agent',
    content: name === null ? content : `${name}: ${content}`,
  }
}
