import { Hono } from 'hono'
import { z } from 'zod'
import { readControlBody, refuseControl } from '../control/klaviyo-answers.ts'
import { changeOpen, handActor } from '../control/zendesk-comments.ts'
import { isProblem, refuse } from '../zendesk/api/errors.ts'
import { asId } from '../zendesk/api/wire.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import { findTicket, findUserByEmail, isStaff } from '../zendesk/store.ts'

const ASSIGNMENT = z.object({ agentEmail: z.string(), assigneeEmail: z.string().nullable() })

/** `PUT /studio/tickets/{id}/assignee`: an agent gives a ticket to another, or to nobody. */
export function assigneeRoutes(zendesk: ZendeskEmulator): Hono {
  const findStaff = (email: string) => {
    const user = findUserByEmail(zendesk.store, email)
    return user !== null && isStaff(user) ? user : null
  }

  return new Hono().put('/studio/tickets/:id/assignee', async (c) => {
    const read = await readControlBody(c, ASSIGNMENT)
    if (!read.ok) return read.answer
    const { agentEmail, assigneeEmail } = read.value
    const record = findTicket(zendesk.store, asId(c.req.param('id')))
    if (record === null) return refuseControl(c, 404, 'no ticket has this number')
    const agent = findStaff(agentEmail)
    const assignee = assigneeEmail === null ? null : findStaff(assigneeEmail)
    if (agent === null || (assignee === null && assigneeEmail !== null)) {
      return refuseControl(c, 404, `no agent has the address ${assigneeEmail ?? agentEmail}`)
    }
    const patch = { assignee_id: assignee?.id ?? null }
    const actor = handActor(agent, undefined)
    const outcome = changeOpen(zendesk, { record, patch, comment: null, actor })
    return isProblem(outcome) ? refuse(c, outcome) : c.json({ id: record.ticket.id, assigneeEmail })
  })
}
