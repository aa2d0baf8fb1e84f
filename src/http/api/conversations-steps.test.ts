import { describe, expect, it } from 'vitest'
import { hasFailed, stepRemedy, stepSentence } from './conversations-steps.ts'

const KINDS = [
  'ensure_end_user',
  'create_ticket',
  'add_comment',
  'add_note',
  'send_text',
  'record_event',
]
const STATES = ['pending', 'attempting', 'done', 'gave_up', 'unknown']
const ended = (kind: string, state: string, reason: string | null = null) => ({
  ...{ kind, state, reason },
  delivery: null,
})

describe('what became of an effect', () => {
  it.each(KINDS.flatMap((kind) => STATES.map((state) => [kind, state] as const)))(
    '%s that is %s is one sentence without a code in it',
    (kind, state) => {
      expect(stepSentence(ended(kind, state))).toMatch(/^[A-Z][^_]+\.$/)
    },
  )

  it('names why it failed, with one full stop', () => {
    expect(stepSentence(ended('send_text', 'gave_up', 'Klaviyo refused: no consent.'))).toBe(
      'The text was not sent: Klaviyo refused: no consent.',
    )
    expect(stepSentence(ended('add_comment', 'gave_up', 'ticket_closed'))).toBe(
      'The text was not put on the ticket: the ticket had been closed meanwhile.',
    )
  })

  it.each([
    ['delivered', "The text was delivered to the customer's phone."],
    ['failed', "The text did not reach the customer's phone."],
  ])('of a text is what Klaviyo reported: %s', (delivery, sentence) => {
    expect(stepSentence({ ...ended('send_text', 'done'), delivery })).toBe(sentence)
  })
})

describe('what a person can do', () => {
  it.each(KINDS.flatMap((kind) => ['gave_up', 'unknown'].map((state) => [kind, state] as const)))(
    'about %s that is %s is said',
    (kind, state) => {
      expect(stepRemedy(ended(kind, state))).toMatch(/\.$/)
    },
  )

  it('about an unknown text is to look before it is repeated', () => {
    expect(stepRemedy(ended('send_text', 'unknown'))).toMatch(/^Look in Klaviyo/)
  })

  it.each(['pending', 'attempting', 'done'])('is nothing while it is %s', (state) => {
    expect(stepRemedy(ended('send_text', state))).toBeNull()
  })

  it.each(['ticket_closed', 'ticket_gone', 'user_gone'])(
    'is nothing where %s led to another decision',
    (reason) => {
      expect(hasFailed(ended('add_comment', 'gave_up', reason))).toBe(false)
      expect(stepRemedy(ended('add_comment', 'gave_up', reason))).toBeNull()
    },
  )
})
