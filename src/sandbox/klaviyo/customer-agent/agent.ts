/** Something that the agent was told, in words; it counts while it is enabled. */
export type Guidance = {
  readonly title: string
  readonly description: string
  readonly status: 'enabled' | 'disabled'
}

export const TONES = ['neutral', 'professional', 'friendly', 'playful', 'custom'] as const

/** Klaviyo's AI agent of one account: there is one, and it cannot be made or deleted. */
export type CustomerAgent = {
  readonly id: string
  name: string | null
  tone: {
    readonly preset: (typeof TONES)[number]
    readonly customInstruction: string | null
    /** Sandbox clock; null while it was never set. */
    readonly updatedAt: number | null
  }
  escalationRules: readonly Guidance[]
  communicationStyles: readonly Guidance[]
}

/**
 * The agent as an account starts with it. No call lists agents, and what their id looks like is not
 * documented; here it is the account's own id [?].
 */
export function newCustomerAgent(accountId: string): CustomerAgent {
  return {
    id: accountId,
    name: null,
    tone: { preset: 'neutral', customInstruction: null, updatedAt: null },
    escalationRules: [],
    communicationStyles: [],
  }
}
