import { z } from 'zod'
import { readBody } from '../api/body.ts'
import type { Call, Routes } from '../api/call.ts'
import { type Answer, refuseInvalid, refuseUnknown } from '../api/errors.ts'
import { type Resource, selfLink, selfOf, sparse, toApiTime } from '../api/json-api.ts'
import { readQuery } from '../api/query.ts'
import { type CustomerAgent, TONES } from '../customer-agent/agent.ts'
import type { RouteParts } from '../parts.ts'

const TYPE = 'customer-agent'

const guidance = z
  .array(
    z.object({
      title: z.string(),
      description: z.string(),
      status: z.enum(['enabled', 'disabled']),
    }),
  )
  .optional()

const UPDATE = z.object({
  data: z.object({
    type: z.literal(TYPE),
    id: z.string(),
    attributes: z.object({
      name: z.string().nullish(),
      tone_of_voice: z
        .object({ preset: z.enum(TONES).nullish(), custom_instruction: z.string().nullish() })
        .optional(),
      escalation_rules: guidance,
      communication_styles: guidance,
    }),
  }),
})

type Changes = z.infer<typeof UPDATE>['data']['attributes']

/**
 * How an account has set up Klaviyo's AI agent, in beta.
 * https://developers.klaviyo.com/en/reference/customer_agent_api_overview
 */
export function createCustomerAgentRoutes({ clock }: RouteParts): Routes {
  return {
    get_customer_agent_beta: (call) => withAgent(call, (agent) => show(call, agent)),

    update_customer_agent_beta: (call) =>
      withAgent(call, (agent) => {
        const read = readBody(UPDATE, call.body)
        if (!read.ok) return read.answer
        const { id, attributes } = read.value.data
        const complaint = id === call.id ? complaintAbout(attributes) : MISMATCH
        if (complaint !== null) return refuseInvalid(complaint)
        apply(agent, attributes, clock.now())
        return show(call, agent)
      }),
  }
}

const MISMATCH = {
  detail: 'The id in the body must match the id in the path.',
  source: { pointer: '/data/id' },
}

/** An array that is given replaces the one before. */
function apply(agent: CustomerAgent, changes: Changes, now: number): void {
  const { name, tone_of_voice, escalation_rules, communication_styles } = changes
  if (name !== undefined) agent.name = name
  if (tone_of_voice !== undefined) {
    const { preset, custom_instruction } = tone_of_voice
    agent.tone = {
      preset: preset ?? agent.tone.preset,
      customInstruction: custom_instruction ?? agent.tone.customInstruction,
      updatedAt: now,
    }
  }
  agent.escalationRules = escalation_rules ?? agent.escalationRules
  agent.communicationStyles = communication_styles ?? agent.communicationStyles
}

/** "For tone, provide a preset, or custom together with custom_instruction." */
function complaintAbout({ tone_of_voice }: Changes) {
  const isBare = tone_of_voice?.preset === 'custom' && !tone_of_voice.custom_instruction
  if (!isBare) return null
  const detail = 'custom_instruction is required for the preset custom.'
  return { detail, source: { pointer: '/data/attributes/tone_of_voice/custom_instruction' } }
}

function withAgent({ account, id }: Call, then: (agent: CustomerAgent) => Answer): Answer {
  return account.customerAgent.id === id ? then(account.customerAgent) : refuseUnknown(TYPE, id)
}

function show({ url }: Call, agent: CustomerAgent): Answer {
  const read = readQuery(url, {})
  if (!read.ok) return read.answer
  const data = sparse(toResource(agent, url.origin), read.query.fieldsOf(TYPE))
  return { status: 200, body: { data, links: { self: selfOf(url) } } }
}

function toResource(agent: CustomerAgent, origin: string): Resource {
  const { preset, customInstruction, updatedAt } = agent.tone
  return {
    type: TYPE,
    id: agent.id,
    attributes: {
      name: agent.name,
      tone_of_voice: {
        preset,
        custom_instruction: customInstruction,
        updated_at: toApiTime(updatedAt),
      },
      escalation_rules: agent.escalationRules,
      communication_styles: agent.communicationStyles,
    },
    links: selfLink(origin, `${TYPE}s`, agent.id),
  }
}
