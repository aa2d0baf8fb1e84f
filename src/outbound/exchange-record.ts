import type { ApiProblem } from './api-problem.ts'

/** A refused call as a person may see it: what was asked and what was answered, without secrets or addresses. */
export type ExchangeRecord = {
  readonly method: string
  readonly path: string
  readonly sent: unknown
  readonly status: number
  readonly answer: unknown
}

const SECRET = /token|secret|password|authorization|api[_-]?key|signature/i
const LONGEST_TEXT = 300
const MOST_MEMBERS = 30
const DEEPEST = 8
const LONGEST = 8_000

/** What is kept of a refusal; null where the call is not known. */
export function toExchangeRecord(
  problem: Extract<ApiProblem, { kind: 'refused' }>,
): ExchangeRecord | null {
  const { call, status, body } = problem
  if (call === undefined) return null
  const { method, path } = call
  return { method, path: masked(path), sent: fitting(call.body), status, answer: fitting(body) }
}

function fitting(value: unknown): unknown {
  const shown = redacted(value, 0)
  return JSON.stringify(shown ?? null).length > LONGEST ? '[too long to keep]' : (shown ?? null)
}

function redacted(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cut(masked(value))
  if (typeof value !== 'object' || value === null) return value
  if (depth === DEEPEST) return '[…]'
  if (Array.isArray(value))
    return value.slice(0, MOST_MEMBERS).map((member) => redacted(member, depth + 1))
  const members = Object.entries(value).slice(0, MOST_MEMBERS)
  return Object.fromEntries(
    members.map(([name, member]) => [
      name,
      SECRET.test(name) && member !== null ? '[hidden]' : redacted(member, depth + 1),
    ]),
  )
}

function cut(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT).toWellFormed()}…`
}

/** Platforms quote what they refuse; people's numbers and addresses must not travel on in problems. */
export function masked(text: string): string {
  return text.replace(/[^\s@'"<>]+@[^\s@'"<>]+/g, '[e-mail]').replace(/\+\d{7,15}\b/g, '[number]')
}
