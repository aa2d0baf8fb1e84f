import { viaChannel } from '../zendesk/actor.ts'
import { isProblem, type Problem } from '../zendesk/api/errors.ts'
import { asFields, asId, asTags } from '../zendesk/api/wire.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import type { Status, TicketRecord } from '../zendesk/entities/tickets.ts'
import type { TicketPatch } from '../zendesk/tickets/ticket-changes.ts'
import type { Written } from '../zendesk/tickets/ticket-parts.ts'
import {
  badControl,
  type ControlBody,
  type ControlProblem,
  isControlProblem,
} from './control-request.ts'
import { changeOpen, handActor } from './zendesk-comments.ts'
import { findAgent, findOrMakeCustomer } from './zendesk-people.ts'

export type Outcome = Written | Problem | ControlProblem
export type Act = (zendesk: ZendeskEmulator, record: TicketRecord, body: ControlBody) => Outcome

/** Who acts at the desk when nobody is named. */
export const DEFAULT_AGENT = 'agent@example.com'

const STATUSES: readonly Status[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed']

/** A customer mails, or writes by another `channel`; the customer is the one who acts. */
export function createTicket(zendesk: ZendeskEmulator, body: ControlBody): Outcome {
  const requester = findOrMakeCustomer(zendesk, body.requesterEmail)
  if (isControlProblem(requester) || isProblem(requester)) return requester
  const brands = [...zendesk.store.brands.values()]
  const brand = brands.find(({ name }) => name === (body.brand ?? 'Nordlys'))
  if (brand === undefined) return badControl(`no brand is called ${body.brand}`)
  const channel = typeof body.channel === 'string' ? body.channel : 'email'
  const given = {
    subject: body.subject,
    comment: { body: body.body, public: true },
    brand_id: brand.id,
    tags: asTags(body.tags),
    custom_fields: customFields(zendesk, body.customFields),
  }
  const actor = { user: requester, via: viaChannel(channel), client: null }
  return zendesk.operations.create(given, actor)
}

/** Fields by title or by id. */
function customFields(
  { store }: ZendeskEmulator,
  given: unknown,
): { id: number; value: unknown }[] {
  return Object.entries(asFields(given)).map(([name, value]) => {
    const field = [...store.ticketFields.values()].find(({ title }) => title === name)
    return { id: field?.id ?? asId(name) ?? 0, value }
  })
}

/** Solving takes an unassigned ticket, as the agent workspace does. */
export const changeStatus: Act = (zendesk, record, body) => {
  const agent = findAgent(zendesk, body.agentEmail ?? DEFAULT_AGENT)
  if (isControlProblem(agent)) return agent
  const status = STATUSES.find((known) => known === body.status)
  if (status === undefined) return badControl(`status must be one of ${STATUSES.join(', ')}`)
  const takes = record.ticket.assignee_id === null && ['solved', 'closed'].includes(status)
  const patch: TicketPatch = { status, ...(takes ? { assignee_id: agent.id } : {}) }
  const actor = handActor(agent, undefined)
  return changeOpen(zendesk, { record, patch, comment: null, actor })
}

/** Gives the ticket to the customer with another address, made when nobody has it. */
export const changeRequester: Act = (zendesk, record, body) => {
  const requester = findOrMakeCustomer(zendesk, body.email)
  if (isControlProblem(requester) || isProblem(requester)) return requester
  const agent = findAgent(zendesk, body.agentEmail ?? DEFAULT_AGENT)
  if (isControlProblem(agent)) return agent
  const patch: TicketPatch = { requester_id: requester.id }
  const actor = handActor(agent, undefined)
  return changeOpen(zendesk, { record, patch, comment: null, actor })
}

/** The requester says how satisfied they are. */
export const rate: Act = (zendesk, record, body) => {
  const { score, comment } = body
  if (score !== 'good' && score !== 'bad') return badControl('score must be "good" or "bad"')
  const user = zendesk.store.users.get(record.ticket.requester_id)
  if (user === undefined) return badControl('the ticket has no requester', 404)
  const rating = typeof comment === 'string' ? { score, comment } : { score }
  const patch: TicketPatch = { satisfaction_rating: rating }
  const actor = handActor(user, undefined)
  return zendesk.operations.change({ record, patch, comment: null, actor })
}
