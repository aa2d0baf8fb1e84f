import { describe, expect, it } from 'vitest'
import {
  commentAdded,
  commentFacts,
  conversation,
  heldComment,
  TICKET,
} from '../../test/support/core-builders.ts'
import { onComment } from './on-comment.ts'

const open = conversation('open')

/** The decision on a comment as Zendesk holds it, differing in this. */
const held = (changes: Parameters<typeof heldComment>[0]) =>
  onComment(open, commentAdded(), commentFacts({ comment: heldComment(changes) }))

/** The decision on a comment that could not be read, so that only the event tells. */
const eventAlone = (changes: Parameters<typeof commentAdded>[0]) =>
  onComment(open, commentAdded(changes), commentFacts({ comment: null }))

describe("an agent's public comment", () => {
  it('is sent as a text to the customer of the conversation', () => {
    expect(onComment(open, commentAdded(), commentFacts())).toEqual({
      reason: 'reply_sent',
      effects: [
        {
          kind: 'send_text',
          conversationId: 'conv-1',
          klaviyoConversationId: 'kc-1',
          profileId: 'profile-1',
          ticketId: TICKET,
          commentId: '700',
          body: 'It left the depot this morning.',
        },
      ],
    })
  })

  it.each(['web', 'mobile_sdk', 'api', 'web_service', null])(
    'goes out when it came by %s',
    (via) => {
      expect(held({ viaChannel: via }).reason).toBe('reply_sent')
    },
  )

  it.each(['new', 'open', 'pending', 'hold', 'solved', null] as const)(
    'goes out whatever the status of its ticket is (%s)',
    (status) => {
      expect(onComment(conversation(status), commentAdded(), commentFacts()).reason).toBe(
        'reply_sent',
      )
    },
  )

  it('is sent as Zendesk holds it, not as the event quoted it', () => {
    const decision = onComment(
      open,
      commentAdded({ body: '**Draft**' }),
      commentFacts({ comment: heldComment({ text: '  The final *words*\n' }) }),
    )
    expect(decision.effects).toMatchObject([{ body: 'The final *words*' }])
  })

  it("is sent from the event, without its Markdown, when Zendesk can't be read", () => {
    expect(eventAlone({ body: '**Hello** [us](https://nordlys.no)' }).effects).toMatchObject([
      { body: 'Hello us (https://nordlys.no)' },
    ])
  })
})

describe('a comment stays in Zendesk', () => {
  it('when its ticket is no text conversation', () => {
    expect(onComment(null, commentAdded(), commentFacts())).toEqual({
      reason: 'not_our_ticket',
      effects: [],
    })
  })

  it.each([
    ['an internal note, by Zendesk', held({ isPublic: false }), 'internal_note'],
    ['an internal note, by the event', eventAlone({ isPublic: false }), 'internal_note'],
    ['written by an end user', held({ authorIsStaff: false }), 'author_is_not_staff'],
    [
      'written by an end user, by the event',
      eventAlone({ authorIsStaff: false }),
      'author_is_not_staff',
    ],
    ['written by nobody known', eventAlone({ authorIsStaff: null }), 'author_is_not_staff'],
    ['an e-mail', held({ viaChannel: 'email' }), 'came_by_email'],
    ['mail', held({ viaChannel: 'mail' }), 'came_by_email'],
    ['written by a rule', held({ viaChannel: 'rule' }), 'written_by_rule'],
    ['written by an automation', held({ viaChannel: 'automation' }), 'written_by_rule'],
    ['written by a trigger', held({ viaChannel: 'trigger' }), 'written_by_rule'],
    ['written by the system', held({ viaChannel: 'system' }), 'written_by_rule'],
    ['a file alone', held({ text: ' \n ' }), 'empty_comment'],
    ['a picture alone', eventAlone({ body: '![scan](https://x.test/a.png)' }), 'empty_comment'],
    ['empty', eventAlone({ body: '' }), 'empty_comment'],
  ])('when it is %s', (_what, decision, reason) => {
    expect(decision).toEqual({ reason, effects: [] })
  })

  it('is told back to its agent when it could not go for hours', () => {
    expect(onComment(open, commentAdded(), commentFacts({ isLate: true }))).toEqual({
      reason: 'reply_too_late',
      effects: [],
      tell: { outcome: 'refused', why: expect.stringContaining('4 hours') },
    })
    const note = commentFacts({ isLate: true, comment: heldComment({ isPublic: false }) })
    expect(onComment(open, commentAdded(), note).reason).toBe('internal_note')
  })

  it('when it was public in the event but is an internal note by now', () => {
    const nowInternal = commentFacts({ comment: heldComment({ isPublic: false }) })
    expect(onComment(open, commentAdded({ isPublic: true }), nowInternal).reason).toBe(
      'internal_note',
    )
  })

  it('when it was an internal note in the event, whatever it is by now', () => {
    expect(onComment(open, commentAdded({ isPublic: false }), commentFacts()).reason).toBe(
      'internal_note',
    )
  })
})

describe('an echo', () => {
  it.each([
    ['a note', { comment: heldComment({ isPublic: false }) }],
    ["the customer's own words", { comment: heldComment({ authorIsStaff: false }) }],
    ['an e-mail', { comment: heldComment({ viaChannel: 'email' }) }],
    ['empty', { comment: heldComment({ text: '' }) }],
    ['of a customer without a conversation', { klaviyoConversationId: null }],
    ['a public comment by staff', {}],
  ])('is an echo before it is %s', (_what, changes) => {
    expect(onComment(open, commentAdded(), commentFacts({ ...changes, isEcho: true }))).toEqual({
      reason: 'echo',
      effects: [],
    })
  })
})

describe('the author of a comment', () => {
  it.each([
    ['Zendesk says staff, the event an end user', true, false, 'reply_sent'],
    ['Zendesk says an end user, the event staff', false, true, 'author_is_not_staff'],
    ['Zendesk says nothing, the event staff', null, true, 'reply_sent'],
    ['Zendesk says nothing, the event an end user', null, false, 'author_is_not_staff'],
    ['neither says anything', null, null, 'author_is_not_staff'],
  ] as const)('%s', (_who, byZendesk, byEvent, reason) => {
    const asHeld = commentFacts({ comment: heldComment({ authorIsStaff: byZendesk }) })
    expect(onComment(open, commentAdded({ authorIsStaff: byEvent }), asHeld).reason).toBe(reason)
  })

  it('may be the admin whose credentials the bridge uses: only a mark makes an echo', () => {
    const throughTheApi = commentFacts({
      comment: heldComment({ viaChannel: 'api' }),
      isEcho: false,
    })
    expect(onComment(open, commentAdded(), throughTheApi).reason).toBe('reply_sent')
  })
})

describe('a customer whom Klaviyo holds no conversation with', () => {
  it.each([
    ['none', 'Klaviyo holds no text conversation with this customer; they have to write first'],
    [
      'not_permitted',
      'the Klaviyo key may not read conversations; it needs the scope conversations:read',
    ],
  ] as const)('is not texted, and the agent is told why (%s)', (kind, why) => {
    expect(onComment(open, commentAdded(), commentFacts({ recipient: { kind } }))).toEqual({
      reason: 'no_text_conversation',
      effects: [],
      tell: { outcome: 'refused', why },
    })
  })

  it('is texted on the word of the event when Zendesk could not be asked, and that is said', () => {
    const unread = commentFacts({ comment: null, isUnverified: true })
    expect(onComment(open, commentAdded(), unread).reason).toBe('reply_sent_unverified')
  })

  it('costs the agent no word about a comment that would not be sent anyway', () => {
    const decision = onComment(
      open,
      commentAdded({ isPublic: false }),
      commentFacts({ recipient: { kind: 'none' } }),
    )
    expect(decision).toEqual({ reason: 'internal_note', effects: [] })
  })
})
