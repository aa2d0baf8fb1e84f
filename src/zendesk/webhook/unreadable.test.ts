import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comment, delivery } from '../testing/ticket-delivery.ts'
import { parseZendeskEvent } from './parse.ts'

describe('an event that cannot be used', () => {
  it.each([
    ['ticket.created', {}, { id: '' }, {}, 'detail.id: not an id'],
    ['ticket.created', {}, { id: undefined }, {}, 'detail.id: missing'],
    ['ticket.created', {}, {}, { time: undefined }, 'time: missing'],
    ['ticket.created', {}, {}, { account_id: null }, 'account_id: not an id'],
    ['ticket.merged', {}, {}, {}, 'event.target_ticket_id: missing'],
    ['ticket.status_changed', { current: 'ajar' }, {}, {}, 'event.current: not a status'],
    [
      'ticket.comment_added',
      { comment: { ...comment, id: null } },
      {},
      {},
      'event.comment.id: not an id',
    ],
    [
      'ticket.comment_added',
      { comment: { ...comment, is_public: undefined } },
      {},
      {},
      'event.comment.is_public: missing',
    ],
    [
      'ticket.comment_added',
      { comment: { ...comment, is_public: 'maybe' } },
      {},
      {},
      'event.comment.is_public: not true or false',
    ],
  ])('%s names the path (%#)', (type, event, changes, extra, problem) => {
    expect(parseZendeskEvent(delivery(type, event, changes, extra))).toMatchObject({
      kind: 'unreadable',
      eventId: '00000000-0000-4000-8000-000000000001',
      problem,
    })
  })

  it('is a value for any JSON, never an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(parseZendeskEvent(json).kind).toMatch(/unreadable|unsupported/)
      }),
    )
  })

  it('is a value for any JSON inside a known envelope', () => {
    const types = fc.constantFrom('created', 'status_changed', 'comment_added', 'merged')
    fc.assert(
      fc.property(types, fc.jsonValue(), fc.jsonValue(), (type, event, odd) => {
        parseZendeskEvent(delivery(`ticket.${type}`, event, { via: odd, tags: odd, status: odd }))
      }),
    )
  })
})
