import { Hono } from 'hono'
import { badRequest, isProblem, type Problem, refuse, tooManyValues } from '../api/errors.ts'
import {
  asFields,
  asFlag,
  asId,
  asList,
  asTags,
  asText,
  commaList,
  type Fields,
} from '../api/wire.ts'
import {
  apiActor,
  readJson,
  type ZendeskContext,
  type ZendeskEnv,
  type ZendeskParts,
} from '../emulator.ts'
import { findTicket } from '../store.ts'
import { presentNewJob, refusesJob, startJob } from '../tickets/jobs.ts'
import type { Written } from '../tickets/ticket-parts.ts'
import { refusesArchive } from './ticket-imports.ts'

/** What one line of a job's result says about one ticket. */
type JobResult = Readonly<Record<string, unknown>>

const MOST_AT_ONCE = 100

/**
 * What happens to many tickets at once, and merging: the answer is a job. A ticket that refuses
 * stands in the job's results; the others go on.
 */
export function ticketJobRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.post('/tickets/create_many', (c) => createMany(parts, c, 'create'))
  app.post('/imports/tickets/create_many', (c) => {
    const missing = refusesArchive(c)
    return missing === null ? createMany(parts, c, 'import') : refuse(c, missing)
  })
  app.put('/tickets/update_many', (c) => updateMany(parts, c))
  app.delete('/tickets/destroy_many', (c) => destroyMany(parts, c))
  app.post('/tickets/:id/merge', (c) => merge(parts, c))
  return app
}

async function createMany(
  parts: ZendeskParts,
  c: ZendeskContext,
  how: 'create' | 'import',
): Promise<Response> {
  const given = asList(asFields(await readJson(c)).tickets).map(asFields)
  const type = how === 'create' ? 'Bulk Create Ticket' : 'Bulk Import Ticket'
  return answerWithJob(parts, c, { type, given }, (ticket, index) => {
    const outcome = parts.operations[how](ticket, apiActor(c))
    return isProblem(outcome)
      ? { index, ...failure(outcome), error: 'TicketCreateFailed' }
      : { index, id: outcome.record.ticket.id }
  })
}

/** `?ids=` and one `ticket` for all, or `tickets` with an `id` each. */
async function updateMany(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const body = asFields(await readJson(c))
  const ids = commaList(c.req.query('ids'))
  const given =
    ids.length > 0
      ? ids.map((id) => ({ ...asFields(body.ticket), id }))
      : asList(body.tickets).map(asFields)
  const toResult = resultOf('update', 'Updated')
  return answerWithJob(parts, c, { type: 'Bulk Update Ticket', given }, (ticket) => {
    const id = asId(ticket.id)
    const asked = withTags(parts, id, ticket)
    return toResult(id, parts.operations.update(id, asked, apiActor(c)))
  })
}

async function destroyMany(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const given = commaList(c.req.query('ids'))
  const toResult = resultOf('delete', 'Deleted')
  return answerWithJob(parts, c, { type: 'Bulk Delete Ticket', given }, (text) => {
    const id = asId(text)
    return toResult(id, parts.operations.remove(id, apiActor(c)))
  })
}

function answerWithJob<Item>(
  parts: ZendeskParts,
  c: ZendeskContext,
  { type, given }: { readonly type: string; readonly given: readonly Item[] },
  work: (item: Item, index: number) => JobResult,
): Response {
  if (given.length === 0) return refuse(c, badRequest('InvalidValue', 'no tickets are named'))
  if (given.length > MOST_AT_ONCE) return refuse(c, tooManyValues(MOST_AT_ONCE))
  const problem = refusesJob(parts)
  if (problem !== null) return refuse(c, problem)
  return c.json({ job_status: presentNewJob(parts, startJob(parts, type, given.map(work))) })
}

/** These two exist for many tickets only, and stand beside `tags`, which replaces. */
function withTags({ store }: ZendeskParts, id: number | null, ticket: Fields): Fields {
  const { additional_tags, remove_tags, ...rest } = ticket
  if (additional_tags === undefined && remove_tags === undefined) return rest
  const removed = asTags(remove_tags)
  const current = findTicket(store, id)?.ticket.tags ?? []
  const kept = current.filter((tag) => !removed.includes(tag))
  return { ...rest, tags: [...new Set([...kept, ...asTags(additional_tags)])] }
}

function resultOf(action: string, status: string) {
  return (id: number | null, outcome: Written | Problem | null): JobResult =>
    isProblem(outcome)
      ? { id, action, success: false, ...failure(outcome) }
      : { id, action, status, success: true }
}

/**
 * Seen for a ticket that could not be created [V2]; other actions are taken alike [I].
 * https://github.com/cloudbees-oss/zendesk-java-client/issues/98
 */
function failure({ body }: Problem) {
  const sentences = Object.values(asFields(body.details)).flatMap((details) =>
    asList(details).map((detail) => asText(asFields(detail).description) ?? ''),
  )
  const details = sentences.join(', ') || (asText(body.description) ?? '')
  return { error: asText(body.error) ?? '', details }
}

async function merge(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const given = asFields(await readJson(c))
  const targetId = asId(c.req.param('id'))
  const sourceIds = asList(given.ids).map((id) => asId(id) ?? 0)
  const full = refusesJob(parts)
  if (full !== null) return refuse(c, full)
  const notes = {
    target: noteOf(given, 'target', `Requests ${sourceIds.join(', ')} were merged here.`),
    source: noteOf(given, 'source', `This request was merged into #${targetId}.`),
  }
  const actor = apiActor(c)
  const problem = parts.operations.merge({ targetId, sourceIds, actor, notes })
  if (problem !== null) return refuse(c, problem)
  const toResult = resultOf('merge', 'Merged')
  const results = sourceIds.map((id) => toResult(id, null))
  return c.json({ job_status: presentNewJob(parts, startJob(parts, 'Ticket Merge', results)) })
}

function noteOf(given: Fields, side: 'target' | 'source', otherwise: string) {
  return {
    body: asText(given[`${side}_comment`]) ?? otherwise,
    public: asFlag(given[`${side}_comment_is_public`]) ?? false,
  }
}
