import type { ApiProblem } from '../../outbound/api-problem.ts'

/** `unknown` where nothing harmless can tell. */
export type State = 'ok' | 'warning' | 'problem' | 'unknown'

export type Judgement = {
  readonly state: State
  readonly says: string
  /** What to do; null where nothing needs to be done. */
  readonly remedy: string | null
  /** What works until then, and what does not. */
  readonly without: string | null
}

type Trouble = { readonly says: string; readonly remedy: string; readonly without?: string }

export function fine(says: string): Judgement {
  return { state: 'ok', says, remedy: null, without: null }
}

export function unknown(says: string, remedy: string | null = null): Judgement {
  return { state: 'unknown', says, remedy, without: null }
}

/** Works, but not as it should, or not for long. */
export function warning(trouble: Trouble): Judgement {
  return { without: null, ...trouble, state: 'warning' }
}

/** Something that people expect does not happen. */
export function problem(trouble: Trouble): Judgement {
  return { without: null, ...trouble, state: 'problem' }
}

/** For a question that the platform did not answer, so that nothing can be said. */
export function notAnswered(question: string, trouble: ApiProblem): Judgement {
  // A refusal stays one, however often one asks.
  return unknown(
    `${question}: not known (${said(trouble)}).`,
    trouble.kind === 'refused' ? null : AGAIN,
  )
}

const AGAIN = 'Check again in a minute.'

/** A problem's own words, to stand inside a sentence of ours. */
export function said({ detail }: ApiProblem): string {
  return detail.replace(/[.\s]+$/, '')
}
