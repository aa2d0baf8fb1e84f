import { describe, expect, it } from 'vitest'
import { headline } from './conversations-sentences.ts'

const words = (detail: string | null, from: 'agent' | 'note' | 'customer' | null = null) => ({
  text: null,
  from,
  detail,
})

describe('what happened, in a sentence', () => {
  it.each([
    ['customer_message', null, words('+18005550100'), 'The customer texted +18005550100.'],
    ['customer_message', null, words(null), 'The customer texted.'],
    ['comment_added', 'reply_sent', words(null, 'agent'), 'An agent answered on the ticket.'],
    [
      'comment_added',
      'internal_note',
      words(null, 'note'),
      'An internal note was written on the ticket.',
    ],
    [
      'comment_added',
      'author_is_not_staff',
      words(null, 'customer'),
      'The customer wrote on the ticket itself.',
    ],
    [
      'comment_added',
      'echo',
      words(null, 'agent'),
      'Zendesk told us of a comment that Replyline itself had written.',
    ],
    ['message_delivered', 'settled_a_text', words(null), 'Klaviyo reported a text as delivered.'],
    [
      'message_delivered',
      'marketing_message',
      words('Black Friday'),
      'Klaviyo sent the campaign “Black Friday”.',
    ],
    [
      'message_failed',
      'settled_a_text',
      words('Message Blocked'),
      'Klaviyo reported that a text did not arrive: Klaviyo blocked it, as the customer has opted out or is blocked (Message Blocked).',
    ],
    ['ticket_status_changed', null, words('hold'), 'The ticket became on-hold.'],
    ['ticket_status_changed', null, words(null), "The ticket's status changed."],
    ['ticket_merged', null, words('12'), 'The ticket was merged into #12.'],
    [
      'text_outcome',
      null,
      words('Klaviyo refused.'),
      'There was news of a text for the agent: Klaviyo refused.',
    ],
    [
      'event:klaviyo.sent_pigeon',
      'unsupported',
      words(null),
      'An event that Replyline does not act on: event:klaviyo.sent_pigeon.',
    ],
  ])('%s, %s', (kind, reason, said, sentence) => {
    expect(headline({ kind, reason, words: said })).toBe(sentence)
  })
})
