import type { OpenAPIHono, z } from '@hono/zod-openapi'
import { listProblems, type Problem } from '../../db/list-problems.ts'
import type { Tx } from '../../db/records.ts'
import { ticketLink } from './conversations-links.ts'
import { type Ended, stepRemedy } from './conversations-steps.ts'
import { failureIn, wordsOf } from './conversations-words.ts'
import { told } from './intervention-words.ts'
import { getProblems, type problemSchema } from './problems-contract.ts'
import { problemSentence } from './problems-sentences.ts'

type Shown = z.infer<typeof problemSchema>

/** `GET /problems`. Reads only. */
export function mountProblems(api: OpenAPIHono, { db }: { readonly db: Tx }): void {
  api.openapi(getProblems, async (context) => {
    const problems = await listProblems(db, context.req.valid('query').limit)
    return context.json({ problems: problems.map(toShown) }, 200)
  })
}

const REPORT_IT = 'Try again; if it fails again, report it with the ids under Details.'

function toShown(problem: Problem): Shown {
  const { id, bridge, at, conversationId, customerName, customerNumber } = problem
  const { effect, error, decision, ticketId, zendeskAddress } = problem
  const customer = customerName ?? customerNumber
  const ended = effect === null ? null : { ...effect, failure: failureIn(effect.report) }
  return {
    ...{ id, bridge, at, conversationId, customer, reason: decision },
    what: whatOf(ended),
    says: problemSentence(ended, { customer, error }),
    remedy: (ended === null ? null : stepRemedy(ended)) ?? REPORT_IT,
    text: effect?.text ?? wordsOf(problem).text,
    ticket: ticketId === null ? null : { id: ticketId, link: ticketLink(zendeskAddress, ticketId) },
    event: {
      id: problem.eventId,
      source: problem.source,
      kind: problem.eventKind,
      remoteId: problem.remoteId,
    },
    effect: effect?.kind ?? null,
    cause: ended?.failure ?? effect?.reason ?? error,
    attempts: [...(effect?.attempts ?? [])],
    ways: effect?.kind === 'send_text' ? ['retry', 'edit', 'discard'] : ['retry', 'discard'],
    mayHaveArrived: effect?.kind === 'send_text' && effect.state === 'unknown',
    interventions: told(problem.interventions),
  }
}

function whatOf(ended: Ended | null): Shown['what'] {
  if (ended === null) return 'set_aside'
  if (ended.delivery === 'failed') return 'undelivered'
  return ended.state === 'unknown' ? 'unknown' : 'gave_up'
}
