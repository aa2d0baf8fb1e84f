import type { z } from '@hono/zod-openapi'
import { REASONS } from '../../conversations/reasons.ts'
import type { ConversationSummary } from '../../db/search-conversations.ts'
import type { summarySchema } from './conversations-contract.ts'
import { profileLink, ticketLink } from './conversations-links.ts'
import { IN_LINE, stepSentence } from './conversations-steps.ts'
import { failureIn, wordsOf } from './conversations-words.ts'

type Summary = z.infer<typeof summarySchema>

/** As much of a text as a row can show. */
const START_LENGTH = 120

/** A conversation as a list shows it: who, which ticket, how it stands and why. */
export function toSummary(row: ConversationSummary): Summary {
  const { zendeskAddress, klaviyoAddress, ticketId, ticketStatus, profileId, ...kept } = row
  const { waitingFor: _waitingFor, failing: _failing, lastText, ...facts } = kept
  return {
    ...facts,
    ticket:
      ticketId === null
        ? null
        : { id: ticketId, status: ticketStatus, link: ticketLink(zendeskAddress, ticketId) },
    profile:
      profileId === null ? null : { id: profileId, link: profileLink(klaviyoAddress, profileId) },
    lastText: lastText === null ? null : startOf(wordsOf(lastText).text),
    ...stateOf(row),
    cursor: `${row.lastActivityAt}~${row.id}`,
  }
}

function startOf(text: string | null): string | null {
  const flat = text?.replace(/\s+/g, ' ').trim() ?? ''
  return flat === '' ? null : [...flat].slice(0, START_LENGTH).join('')
}

/** What needs a person counts for more than what waits: it does not mend itself. */
function stateOf(row: ConversationSummary): Pick<Summary, 'state' | 'why'> {
  const { failing, waitingFor, ticketId, lastText } = row
  if (failing !== null)
    return {
      state: failing.what === 'unknown' ? 'unknown' : 'failed',
      why: failureSentence(failing),
    }
  if (waitingFor !== null) return { state: 'waiting', why: waitingFor || IN_LINE }
  if (ticketId !== null) return { state: 'fine', why: null }
  return { state: 'no_ticket', why: reasonSentence(lastText?.reason ?? null) }
}

function reasonSentence(reason: string | null): string | null {
  return reason !== null && Object.hasOwn(REASONS, reason)
    ? REASONS[reason as keyof typeof REASONS].says
    : null
}

function failureSentence(failing: NonNullable<ConversationSummary['failing']>): string {
  const { kind, what, why, report } = failing
  if (what === 'set_aside')
    return `Work failed five times inside Replyline and was set aside: ${why ?? 'no error was kept'}.`
  const delivery = what === 'undelivered' ? 'failed' : null
  return stepSentence({ kind, state: what, reason: why, delivery, failure: failureIn(report) })
}
