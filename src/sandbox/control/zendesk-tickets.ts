import { type Context, Hono } from 'hono'
import { viaChannel } from '../zendesk/actor.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import type { Status, TicketRecord } from '../zendesk/entities.ts'
import { isProblem, type Problem, refuse } from '../zendesk/errors.ts'
import { findTicket, livingTickets } from '../zendesk/store.ts'
import type { TicketPatch } from '../zendesk/ticket-changes.ts'
import type { Written } from '../zendesk/ticket-parts.ts'
import { asFields, asId, asTags } from '../zendesk/wire.ts'
import {
  badControl,
  type ControlBody,
  type ControlProblem,
  isControlProblem,
  readControlBody,
  refuseControl,
} from './control-request.ts'
import { changeOpen, commentByHand, handActor } from './zendesk-comments.ts'
import { findAgent, findOrMakeCustomer } from './zendesk-people.ts'
import { toTicketSummary, toWholeTicket } from './zendesk-ticket-view.ts'

type Outcome = Written | Problem | ControlProblem
type Act = (record: TicketRecord, body: ControlBody) => Outcome

const STATUSES: readonly Status[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed']
const DEFAULT_AGENT = 'agent@example.com'

/** The life of tickets as people live it: by mail and in the agent workspace. */
export function zendeskTicketRoutes(zendesk: ZendeskEmulator): Hono {
  const { store, operations } = zendesk
  const app = new Hono()

  app.get('/control/tickets', (c) =>
    c.json(livingTickets(store).map((record) => toTicketSummary(zendesk, record))),
  )

  app.get('/control/tickets/:id', (c) => {
    const record = store.tickets.get(asId(c.req.param('id')) ?? 0)
    if (record === undefined) return refuseControl(c, NO_TICKET)
    return c.json(toWholeTicket(zendesk, record))
  })

  app.post('/control/tickets', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    return answer(c, createTicket(body), 201)
  })

  act('comments', (record, body) => commentByHand(zendesk, { record, body }))
  act('status', changeStatus)
  act('requester', changeRequester)
  act('csat', rate)

  app.post('/control/tickets/:id/merge', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    const agent = findAgent(zendesk, body.agentEmail ?? DEFAULT_AGENT)
    if (isControlProblem(agent)) return refuseControl(c, agent)
    const id = asId(c.req.param('id')) ?? 0
    const into = asId(body.into)
    const problem = operations.merge(into, [id], handActor(agent, undefined), {
      target: { body: `Request #${id} was closed and merged into this request.`, public: false },
      source: { body: `This request was closed and merged into request #${into}.`, public: false },
    })
    return problem === null ? c.json({ id, into }) : refuse(c, problem)
  })

  app.post('/control/tickets/:id/delete', (c) => {
    const agent = findAgent(zendesk, DEFAULT_AGENT)
    if (isControlProblem(agent)) return refuseControl(c, agent)
    const id = asId(c.req.param('id'))
    const problem = operations.remove(id, handActor(agent, undefined))
    return problem === null ? c.json({ id }) : refuse(c, problem)
  })

  function act(name: string, carryOut: Act): void {
    app.post(`/control/tickets/:id/${name}`, async (c) => {
      const body = await readControlBody(c)
      if (isControlProblem(body)) return refuseControl(c, body)
      const record = findTicket(store, asId(c.req.param('id')))
      if (record === null) return refuseControl(c, NO_TICKET)
      return answer(c, carryOut(record, body), 200)
    })
  }

  /** A customer mails, or writes by another `channel`; the customer is the one who acts. */
  function createTicket(body: ControlBody): Outcome {
    const requester = findOrMakeCustomer(zendesk, body.requesterEmail)
    if (isControlProblem(requester) || isProblem(requester)) return requester
    const brands = [...store.brands.values()]
    const brand = brands.find(({ name }) => name === (body.brand ?? 'Nordlys'))
    if (brand === undefined) return badControl(`no brand is called ${body.brand}`)
    const channel = typeof body.channel === 'string' ? body.channel : 'email'
    const given = {
      subject: body.subject,
      comment: { body: body.body, public: true },
      brand_id: brand.id,
      tags: asTags(body.tags),
      custom_fields: customFields(body.customFields),
    }
    return operations.create(given, { user: requester, via: viaChannel(channel), client: null })
  }

  /** Fields by title or by id. */
  function customFields(given: unknown): { id: number; value: unknown }[] {
    return Object.entries(asFields(given)).map(([name, value]) => {
      const field = [...store.ticketFields.values()].find(({ title }) => title === name)
      return { id: field?.id ?? asId(name) ?? 0, value }
    })
  }

  /** Solving takes an unassigned ticket, as the agent workspace does. */
  function changeStatus(record: TicketRecord, body: ControlBody): Outcome {
    const agent = findAgent(zendesk, body.agentEmail ?? DEFAULT_AGENT)
    if (isControlProblem(agent)) return agent
    const status = STATUSES.find((known) => known === body.status)
    if (status === undefined) return badControl(`status must be one of ${STATUSES.join(', ')}`)
    const takes = record.ticket.assignee_id === null && ['solved', 'closed'].includes(status)
    const patch: TicketPatch = { status, ...(takes ? { assignee_id: agent.id } : {}) }
    const actor = handActor(agent, undefined)
    return changeOpen(zendesk, { record, patch, comment: null, actor })
  }

  function changeRequester(record: TicketRecord, body: ControlBody): Outcome {
    const requester = findOrMakeCustomer(zendesk, body.email)
    if (isControlProblem(requester) || isProblem(requester)) return requester
    const agent = findAgent(zendesk, body.agentEmail ?? DEFAULT_AGENT)
    if (isControlProblem(agent)) return agent
    const patch: TicketPatch = { requester_id: requester.id }
    const actor = handActor(agent, undefined)
    return changeOpen(zendesk, { record, patch, comment: null, actor })
  }

  function rate(record: TicketRecord, body: ControlBody): Outcome {
    const { score, comment } = body
    if (score !== 'good' && score !== 'bad') return badControl('score must be "good" or "bad"')
    const user = store.users.get(record.ticket.requester_id)
    if (user === undefined) return badControl('the ticket has no requester', 404)
    const rating = typeof comment === 'string' ? { score, comment } : { score }
    const patch: TicketPatch = { satisfaction_rating: rating }
    return operations.change({ record, patch, comment: null, actor: handActor(user, undefined) })
  }

  return app
}

const NO_TICKET = badControl('no ticket has this number', 404)

/** `id` is the ticket's, or its follow-up's; `commentId` stands beside it when one was written. */
function answer(c: Context, outcome: Outcome, status: 200 | 201): Response {
  if (isControlProblem(outcome)) return refuseControl(c, outcome)
  if (isProblem(outcome)) return refuse(c, outcome)
  const { record, audit } = outcome
  const commentId = audit.events.find(({ type }) => type === 'Comment')?.id ?? null
  return c.json({ id: record.ticket.id, commentId, status: record.ticket.status }, status)
}
