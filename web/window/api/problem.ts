/** A request that was answered with a refusal, or not at all; `status` is then 0. */
export class RequestProblem extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const NO_ANSWER = 'Replyline does not answer. It may be restarting; this page asks again by itself.'

/** What the API's refusals say to a person. */
const SAYS: Readonly<Record<number, string>> = {
  401: 'You are signed out. Sign in again.',
  403: 'This page is out of date. Load it again.',
  429: 'Too many requests. Wait a moment and try again.',
  503: 'The database does not answer. Replyline asks again by itself.',
}

/** The one place where a failed request becomes a sentence: what happened, and what to do. */
export function toProblem(status: number, body: unknown): RequestProblem {
  const { error } = Object(body) as { error?: unknown }
  const said = typeof error === 'string' ? `${capital(error).replace(/\.$/, '')}.` : null
  return new RequestProblem(
    status,
    SAYS[status] ?? said ?? `Replyline answered ${status}; its log says why.`,
  )
}

/** The sentence of whatever was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof RequestProblem ? error.message : NO_ANSWER
}

/** The sentence where something was to be done: it may have been, when no answer came. */
export function actionSentenceOf(error: unknown): string {
  const isAnswered = error instanceof RequestProblem && error.status !== 0 && error.status < 500
  return isAnswered ? error.message : NOT_KNOWN
}

const NOT_KNOWN =
  'Replyline did not answer, so it is not known whether it was done. Wait a moment and look here again before you repeat it.'

export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof RequestProblem && error.status === status
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
