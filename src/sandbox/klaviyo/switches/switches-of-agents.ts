import type { Settings } from '../../core/settings.ts'
import { HAND_OFF_MODES, TURNS } from '../customer-agent/turn.ts'

/** The doubts about Klaviyo's AI agent. */
export function defineAgents(settings: Settings) {
  return {
    handedOffStatus: settings.define({
      name: 'agent_handoff_status',
      values: ['routed-to-team', 'open'],
      default: 'routed-to-team',
      source: '[I] the beta document has the status; what a hand-off sets is not said',
      about: "The status of an AI agent's conversation once it was handed off.",
    }),
    handOffMode: settings.define({
      name: 'agent_handoff_mode',
      values: HAND_OFF_MODES,
      default: 'soft',
      source: '[?] the beta document names the modes and does not explain them',
      about: 'How the AI agent gives up when it answers through the API.',
    }),
    agentTurn: settings.define({
      name: 'agent_turn',
      values: TURNS,
      default: 'by_words',
      source: 'chosen: the beta document names every event, not what leads to it',
      about: 'How a turn of the AI agent ends: by what it is asked, or always in one way.',
    }),
  }
}
