import { describe, expect, it } from 'vitest'
import { comment, delivery } from '../testing/ticket-delivery.ts'
import { parseZendeskEvent } from './parse.ts'

describe('a ticket event', () => {
  it('is read whole', () => {
    const event = { meta: { sequence: { id: '01JH2X', position: 1 } } }
    expect(parseZendeskEvent(delivery('ticket.created', event))).toEqual({
      kind: 'ticket_created',
      eventId: '00000000-0000-4000-8000-000000000001',
      accountId: '22129848',
      type: 'zen:event-type:ticket.created',
      at: Date.UTC(2025, 0, 8, 10, 12, 7, 672),
      sequenceId: '01JH2X',
      actorId: '8447388090495',
      ticket: {
        id: '5158',
        status: 'open',
        brandId: '8447346621310',
        requesterId: '8447388090494',
        assigneeId: '8447388090495',
        externalId: null,
        subject: 'ticket_subject_example',
        tags: ['sms'],
        viaChannel: 'web_service',
        createdAt: Date.UTC(2025, 0, 8, 10, 12, 7),
        updatedAt: Date.UTC(2025, 0, 8, 10, 12, 7),
      },
    })
  })

  it('says what a comment is and who wrote it', () => {
    expect(parseZendeskEvent(delivery('ticket.comment_added', { comment }))).toMatchObject({
      kind: 'comment_added',
      comment: {
        id: '8513131871102',
        body: 'We are investigating',
        isPublic: true,
        authorId: '8447388090495',
        authorIsStaff: true,
        authorName: 'Support Agent',
      },
    })
  })

  it.each([
    [
      'ticket.status_changed',
      { current: 'CLOSED', previous: 'SOLVED' },
      { kind: 'ticket_status_changed', current: 'closed', previous: 'solved' },
    ],
    [
      'ticket.status_changed',
      { current: 'DELETED', previous: 'x' },
      { kind: 'ticket_status_changed', current: null, previous: null },
    ],
    ['ticket.merged', { target_ticket_id: 77 }, { kind: 'ticket_merged', intoTicketId: '77' }],
    ['ticket.soft_deleted', {}, { kind: 'ticket_deleted' }],
    ['ticket.permanently_deleted', undefined, { kind: 'ticket_deleted' }],
    [
      'ticket.tags_changed',
      { tags_added: ['a'] },
      { kind: 'ticket_changed', type: 'zen:event-type:ticket.tags_changed' },
    ],
    [
      'ticket.of_the_future',
      {},
      { kind: 'unsupported', type: 'zen:event-type:ticket.of_the_future' },
    ],
    ['user.merged', {}, { kind: 'unsupported', type: 'zen:event-type:user.merged' }],
  ])('%s %j', (type, event, expected) => {
    expect(parseZendeskEvent(delivery(type, event))).toMatchObject(expected)
  })

  it.each([
    [{ status: 'Hold' }, { status: 'hold' }],
    [{ status: 'On-hold' }, { status: 'hold' }],
    [{ status: 'ARCHIVED' }, { status: 'closed' }],
    [{ status: 'SCRUBBED' }, { status: null }],
    [{ status: 'toString' }, { status: null }],
    [{ id: 5158 }, { id: '5158' }],
    [{ brand_id: 0 }, { brandId: null }],
    [{ brand_id: '0' }, { brandId: null }],
    [{ brand_id: '' }, { brandId: null }],
    [{ brand_id: undefined }, { brandId: null }],
    [{ brand_id: { odd: true } }, { brandId: null }],
    [{ external_id: '' }, { externalId: null }],
    [{ tags: 'sms  vip' }, { tags: ['sms', 'vip'] }],
    [{ tags: null }, { tags: [] }],
    [{ tags: ['sms', 4, ''] }, { tags: ['sms'] }],
    [{ via: null }, { viaChannel: null }],
    [{ subject: null }, { subject: '' }],
    [{ updated_at: 'never' }, { updatedAt: null }],
  ])('takes %j as %j', (changes, expected) => {
    const event = parseZendeskEvent(delivery('ticket.created', {}, changes))
    expect(event).toMatchObject({ kind: 'ticket_created', ticket: expected })
  })
})
