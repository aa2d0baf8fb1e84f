import { describe, expect, it } from 'vitest'
import { problemSentence } from './problems-sentences.ts'

const sarah = { customer: 'Sarah Lind', error: null }
const ended = (kind: string, given: object = {}) => ({
  ...{ kind, state: 'gave_up', reason: null, delivery: null },
  ...given,
})

describe('a problem in a sentence', () => {
  it.each([
    [
      ended('send_text', { state: 'done', delivery: 'failed', failure: 'Carrier Violation' }),
      'The answer to Sarah Lind did not reach the phone: the carrier refused it (Carrier Violation).',
    ],
    [
      ended('send_text', { state: 'unknown', reason: 'told_unknown' }),
      'It is not known whether the answer to Sarah Lind arrived.',
    ],
    [
      ended('send_text', { reason: 'Klaviyo refused: no consent.' }),
      'The answer to Sarah Lind was not sent: Klaviyo refused: no consent.',
    ],
    [ended('ensure_end_user'), 'Sarah Lind could not be made a user in Zendesk.'],
    [ended('something_new'), 'Something_new for Sarah Lind was refused.'],
  ])('says what failed, for whom and why: %j', (effect, sentence) => {
    expect(problemSentence(effect, sarah)).toBe(sentence)
  })

  it('says with what error work was set aside, and does without a name', () => {
    expect(problemSentence(null, { customer: null, error: 'boom' })).toBe(
      'Work for a customer failed five times inside Replyline: boom.',
    )
  })
})
