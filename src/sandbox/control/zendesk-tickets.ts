import { type Context, Hono } from 'hono'
import { isProblem, refuse } from '../zendesk/api/errors.ts'
import { asId } from '../zendesk/api/wire.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import { findTicket, livingTickets } from '../zendesk/store.ts'
import {
  badControl,
  type ControlBody,
  isControlProblem,
  readControlBody,
  refuseControl,
} from './control-request.ts'
import { commentByHand, handActor } from './zendesk-comments.ts'
import { findAgent } from './zendesk-people.ts'
import {
  type Act,
  changeRequester,
  changeStatus,
  createTicket,
  DEFAULT_AGENT,
  type Outcome,
  rate,
} from './zendesk-ticket-acts.ts'
import { toTicketSummary, toWholeTicket } from './zendesk-ticket-view.ts'

/** What people do to a ticket by hand; each answers the ticket, and the comment if one was written. */
const ACTS: Readonly<Record<string, Act>> = {
  comments: (zendesk, record, body) => commentByHand(zendesk, { record, body }),
  status: changeStatus,
  requester: changeRequester,
  csat: rate,
}

/** The life of tickets as people live it: by mail and in the agent workspace. */
export function zendeskTicketRoutes(zendesk: ZendeskEmulator): Hono {
  const { store } = zendesk
  const app = new Hono()
  app.get('/control/tickets', (c) =>
    c.json(livingTickets(store).map((record) => toTicketSummary(zendesk, record))),
  )
  app.get('/control/tickets/:id', (c) => {
    const record = store.tickets.get(asId(c.req.param('id')) ?? 0)
    if (record === undefined) return refuseControl(c, NO_TICKET)
    return c.json(toWholeTicket(zendesk, record))
  })
  app.post('/control/tickets', (c) =>
    withBody(c, (body) => answer(c, createTicket(zendesk, body), 201)),
  )
  for (const [name, act] of Object.entries(ACTS)) {
    app.post(`/control/tickets/:id/${name}`, (c) =>
      withBody(c, (body) => {
        const record = findTicket(store, asId(c.req.param('id')))
        if (record === null) return refuseControl(c, NO_TICKET)
        return answer(c, act(zendesk, record, body), 200)
      }),
    )
  }
  app.post('/control/tickets/:id/merge', (c) => withBody(c, (body) => merge(zendesk, c, body)))
  app.post('/control/tickets/:id/delete', (c) => remove(zendesk, c))
  return app
}

const NO_TICKET = badControl('no ticket has this number', 404)

async function withBody(c: Context, work: (body: ControlBody) => Response): Promise<Response> {
  const body = await readControlBody(c)
  return isControlProblem(body) ? refuseControl(c, body) : work(body)
}

function merge(zendesk: ZendeskEmulator, c: Context, body: ControlBody): Response {
  const agent = findAgent(zendesk, body.agentEmail ?? DEFAULT_AGENT)
  if (isControlProblem(agent)) return refuseControl(c, agent)
  const id = asId(c.req.param('id')) ?? 0
  const into = asId(body.into)
  const notes = {
    target: { body: `Request #${id} was closed and merged into this request.`, public: false },
    source: { body: `This request was closed and merged into request #${into}.`, public: false },
  }
  const actor = handActor(agent, undefined)
  const asked = { targetId: into, sourceIds: [id], actor, notes }
  const problem = zendesk.operations.merge(asked)
  return problem === null ? c.json({ id, into }) : refuse(c, problem)
}

function remove(zendesk: ZendeskEmulator, c: Context): Response {
  const agent = findAgent(zendesk, DEFAULT_AGENT)
  if (isControlProblem(agent)) return refuseControl(c, agent)
  const id = asId(c.req.param('id'))
  const problem = zendesk.operations.remove(id, handActor(agent, undefined))
  return problem === null ? c.json({ id }) : refuse(c, problem)
}

/** `id` is the ticket's, or its follow-up's; `commentId` stands beside it when one was written. */
function answer(c: Context, outcome: Outcome, status: 200 | 201): Response {
  if (isControlProblem(outcome)) return refuseControl(c, outcome)
  if (isProblem(outcome)) return refuse(c, outcome)
  const { record, audit } = outcome
  const commentId = audit.events.find(({ type }) => type === 'Comment')?.id ?? null
  return c.json({ id: record.ticket.id, commentId, status: record.ticket.status }, status)
}
