import type { Problem } from '../api/queries.ts'

/** What was asked for about one problem. */
export type Done = {
  readonly way: Problem['ways'][number]
  readonly text?: string
  readonly mayArriveTwice: boolean
}

const COMES_BACK = 'If it fails again, it comes back to this list.'

/** What happens now that it was asked for. */
export function nowWords({ effect }: Pick<Problem, 'effect'>, { way, text }: Done): string {
  if (way === 'discard') return 'Discarded. Nothing is sent or written for it.'
  if (text !== undefined)
    return `It is sent in the new words, in this customer's turn: “${text}” ${COMES_BACK}`
  if (effect === 'send_text') return `It is sent again, in this customer's turn. ${COMES_BACK}`
  return `It is tried again, in this customer's turn. ${COMES_BACK}`
}
