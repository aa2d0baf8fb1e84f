import { type Actor, viaChannel } from '../zendesk/actor.ts'
import { isProblem, type Problem } from '../zendesk/api/errors.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import type { User } from '../zendesk/entities/people.ts'
import type { Macro } from '../zendesk/entities/rules.ts'
import type { Status, TicketRecord } from '../zendesk/entities/tickets.ts'
import { patchOf } from '../zendesk/rules/rule-actions.ts'
import type { TicketPatch } from '../zendesk/tickets/ticket-changes.ts'
import type { CommentInput } from '../zendesk/tickets/ticket-input.ts'
import type { Written } from '../zendesk/tickets/ticket-parts.ts'
import {
  badControl,
  type ControlBody,
  type ControlProblem,
  isControlProblem,
} from './control-request.ts'
import { findAgent } from './zendesk-people.ts'

type Asked = { readonly record: TicketRecord; readonly body: ControlBody }

const USER_AGENT = 'Mozilla/5.0 (the agent workspace)'

/** Somebody acting by hand, by default in the agent workspace. */
export function handActor(user: User, channel: unknown): Actor & { user: User } {
  const via = viaChannel(typeof channel === 'string' ? channel : 'web')
  return { user, via, client: USER_AGENT }
}

/** An agent answers, in the workspace or by e-mail; or the customer mails into the ticket. */
export function commentByHand(
  zendesk: ZendeskEmulator,
  asked: Asked,
): Written | Problem | ControlProblem {
  return asked.body.requester === true
    ? commentByRequester(zendesk, asked)
    : commentByAgent(zendesk, asked)
}

/** A mail into a closed ticket opens a follow-up, as Zendesk does with mail. */
function commentByRequester(
  zendesk: ZendeskEmulator,
  { record, body }: Asked,
): Written | Problem | ControlProblem {
  const user = zendesk.store.users.get(record.ticket.requester_id)
  if (user === undefined) return badControl('the ticket has no requester', 404)
  const actor = handActor(user, body.channel ?? 'email')
  const comment = readText(body, null)
  if (isControlProblem(comment)) return comment

  if (record.ticket.status === 'closed') {
    const { id, subject, brand_id } = record.ticket
    const followUp = { via_followup_source_id: id, subject: `Re: ${subject ?? ''}`, brand_id }
    return zendesk.operations.create({ ...followUp, comment: { ...comment, public: true } }, actor)
  }
  const isPublic = body.public !== false
  return zendesk.operations.change({
    record,
    patch: {},
    comment: { ...comment, public: isPublic },
    actor,
  })
}

const SUBMITTABLE: readonly Status[] = ['open', 'pending', 'hold', 'solved']

/**
 * Answering in public takes an unassigned ticket, as the agent workspace does [I]. A `status` is
 * submitted with the comment, in one update; it wins over the macro's.
 */
function commentByAgent(
  zendesk: ZendeskEmulator,
  { record, body }: Asked,
): Written | Problem | ControlProblem {
  const agent = findAgent(zendesk, body.agentEmail)
  if (isControlProblem(agent)) return agent
  const macro = findMacro(zendesk, body.macro)
  if (isControlProblem(macro)) return macro
  const comment = readText(body, macro)
  if (isControlProblem(comment)) return comment
  const status = SUBMITTABLE.find((known) => known === body.status)
  if (status === undefined && body.status !== undefined)
    return badControl(`status must be one of ${SUBMITTABLE.join(', ')}`)

  const actor = handActor(agent, body.channel)
  const isPublic = body.public !== false
  const takes = isPublic && record.ticket.assignee_id === null
  const patch: TicketPatch = {
    ...macroPatch(macro, record, actor),
    ...(takes ? { assignee_id: agent.id } : {}),
    ...(status === undefined ? {} : { status }),
  }
  const input = { record, patch, comment: { ...comment, public: isPublic }, actor }
  return changeOpen(zendesk, input)
}

/** Changes a ticket by hand; a closed one refuses, as it refuses the API. */
export function changeOpen(
  zendesk: ZendeskEmulator,
  input: {
    record: TicketRecord
    patch: TicketPatch
    comment: CommentInput | null
    actor: Actor
  },
): Written | Problem {
  if (input.record.ticket.status === 'closed') {
    const refusal = zendesk.operations.update(input.record.ticket.id, {}, input.actor)
    if (isProblem(refusal)) return refusal
  }
  return zendesk.operations.change(input)
}

function findMacro(zendesk: ZendeskEmulator, title: unknown): Macro | null | ControlProblem {
  if (title === undefined) return null
  const macro = [...zendesk.store.macros.values()].find((one) => one.title === title)
  return macro ?? badControl(`no macro is called ${title}`, 404)
}

/** A macro's text stands before what was typed. */
function readText(body: ControlBody, macro: Macro | null): CommentInput | ControlProblem {
  const fromMacro = (field: string) =>
    macro?.actions.filter((action) => action.field === field).map(({ value }) => String(value)) ??
    []
  const typed = typeof body.body === 'string' ? [body.body] : []
  const html = [
    ...fromMacro('comment_value_html'),
    ...(typeof body.html === 'string' ? [body.html] : []),
  ]
  if (html.length > 0) return { html_body: html.join('\n') }
  const text = [...fromMacro('comment_value'), ...typed].join('\n\n')
  return text === '' ? badControl('a comment needs body, html or macro') : { body: text }
}

function macroPatch(macro: Macro | null, { ticket }: TicketRecord, actor: Actor): TicketPatch {
  const patches = (macro?.actions ?? []).map((action) => patchOf(action, ticket, actor))
  return Object.assign({}, ...patches)
}
