import type { Actor } from '../actor.ts'
import { invalidField, isProblem, type Problem } from '../api/errors.ts'
import { asFields, asId, asList, asText, type Fields, toWireTime } from '../api/wire.ts'
import type { ZendeskDoubts } from '../doubts.ts'
import type { User } from '../entities/people.ts'
import type { TicketRecord } from '../entities/tickets.ts'
import type { Commit } from './ticket-commit.ts'
import { createTicket } from './ticket-creation.ts'
import { readComment } from './ticket-input.ts'
import type { TicketParts, Written } from './ticket-parts.ts'

/**
 * A ticket from elsewhere, with its comments and the times of both. Triggers do not run and nobody is
 * mailed. https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_import/
 */
export function importTicket(
  parts: TicketParts,
  given: Fields,
  actor: Actor & { user: User },
  doubts: ZendeskDoubts,
): Written | Problem {
  const [first, ...others] = asList(given.comments ?? [given.comment]).map(toComment)
  if (others.some((other) => readComment(other) === null)) return blankComment()
  const created = timeOf(given.created_at, parts.world.clock.now())
  const without: Without =
    doubts.importSendsEvents() === 'on' ? ['triggers'] : ['triggers', 'events']
  const asked = { submitter_id: asFields(first).author_id, ...given, comment: first }
  const written = createTicket(parts, asked, actor, { at: created, without })
  if (isProblem(written)) return written

  const { record } = written
  for (const other of others) {
    const said = { author_id: actor.user.id, public: true, ...readComment(other) }
    const at = timeOf(other.created_at, created)
    const change = { record, before: record.ticket, actor, metadata: {}, at, without }
    parts.commit({ ...change, comment: said })
  }
  settleTimes(record, given, created)
  return written
}

type Without = Exclude<Commit['without'], undefined>

const blankComment = () => invalidField('base', 'Comment: cannot be blank', 'BlankValue')

function settleTimes(record: TicketRecord, given: Fields, created: number): void {
  const updated = timeOf(given.updated_at, created)
  const { status } = record.ticket
  record.ticket = { ...record.ticket, updated_at: toWireTime(updated) }
  const isOver = status === 'solved' || status === 'closed'
  if (isOver) record.statusReachedAt[status] = timeOf(given.solved_at, updated)
}

/** `value` is the older name of `body`. */
function toComment(given: unknown): Fields {
  const { value, author_id, ...comment } = asFields(given)
  const author = asId(author_id)
  return {
    ...(asText(value) === null ? {} : { body: value }),
    ...(author === null ? {} : { author_id: author }),
    ...comment,
  }
}

function timeOf(given: unknown, otherwise: number): number {
  const time = Date.parse(asText(given) ?? '')
  return Number.isNaN(time) ? otherwise : time
}
