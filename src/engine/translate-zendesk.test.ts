import { describe, expect, it } from 'vitest'
import { id, NOON } from '../../test/support/core-builders.ts'
import { comment, delivery } from '../zendesk/testing/ticket-delivery.ts'
import { parseZendeskEvent } from '../zendesk/webhook/parse.ts'
import { ticketExternalId } from './own-marks.ts'
import { toCommentAdded, toIntakeRow, toTicketEvent } from './translate-zendesk.ts'

const EVENT = '00000000-0000-4000-8000-000000000001'
const HAPPENED = Date.UTC(2025, 0, 8, 10, 12, 7, 672)
const OURS = { conversationId: id<'ConversationId'>(EVENT), effectId: id<'EffectId'>(EVENT) }

function rowOf(raw: unknown) {
  return toIntakeRow(parseZendeskEvent(raw), raw, id('bridge-1'), id('our-event'), NOON)
}

const commented = (changes: object = {}) =>
  delivery('ticket.comment_added', { comment: { ...comment, ...changes } })
const statusChanged = (current: string) =>
  delivery('ticket.status_changed', { previous: 'OPEN', current })

describe("Zendesk's event at intake", () => {
  it.each([
    ['ticket_created', delivery('ticket.created'), 'created:5158', ['ticket_metric'], null],
    ['comment_added', commented(), 'comment:8513131871102', ['comment'], null],
    ['ticket_status_changed', statusChanged('CLOSED'), 'closed:5158', ['ticket_metric'], null],
    ['ticket_status_changed', statusChanged('SOLVED'), `event:${EVENT}`, [], 'not_a_resolution'],
    ['ticket_status_changed', statusChanged('PENDING'), `event:${EVENT}`, [], 'not_a_resolution'],
    [
      'ticket_merged',
      delivery('ticket.merged', { target_ticket_id: '5159' }),
      `event:${EVENT}`,
      [],
      'status_recorded',
    ],
    ['ticket_deleted', delivery('ticket.soft_deleted'), `event:${EVENT}`, [], 'status_recorded'],
    ['ticket_changed', delivery('ticket.tags_changed'), `event:${EVENT}`, [], 'status_recorded'],
  ])('%s of %j is known again by %s, makes %j, settled: %s', (kind, raw, key, work, settled) => {
    expect(rowOf(raw)).toMatchObject({
      eventId: 'our-event',
      bridgeId: 'bridge-1',
      source: 'zendesk',
      kind,
      key,
      remoteId: EVENT,
      ticketId: '5158',
      at: HAPPENED,
      work,
      settled,
      customer: null,
      consent: null,
      flowMessageTo: null,
    })
  })

  it('names the comment it is about, and no other event does', () => {
    expect([rowOf(commented()).commentId, rowOf(delivery('ticket.created')).commentId]).toEqual([
      '8513131871102',
      null,
    ])
  })

  it('is known again when another delivery or the export tells the same fact', () => {
    const again = { id: '00000000-0000-4000-8000-000000000002', time: '2025-01-08T10:13:00Z' }
    const otherComment = { ...commented(), ...again }
    const otherCreation = { ...delivery('ticket.created'), ...again }
    expect(rowOf(otherComment).key).toBe(rowOf(commented()).key)
    expect(rowOf(otherCreation).key).toBe(rowOf(delivery('ticket.created')).key)
  })

  it.each([
    [delivery('ticket.created', {}, { status: 'PENDING' }), 'pending'],
    [commented(), 'open'],
    [statusChanged('CLOSED'), 'closed'],
    [delivery('ticket.created', {}, { status: 'ODD' }), null],
  ])("tells the ticket's status at once: %j", (raw, status) => {
    expect(rowOf(raw).ticketState).toEqual({ ticketId: '5158', status, ours: null })
  })

  it('knows a ticket of ours by its external id, and no other by its own', () => {
    const external_id = ticketExternalId(OURS.conversationId, OURS.effectId)
    const ours = rowOf(delivery('ticket.created', {}, { external_id }))
    const theirs = rowOf(delivery('ticket.created', {}, { external_id: 'shop-1234' }))
    expect([ours.ticketState?.ours, theirs.ticketState?.ours]).toEqual([OURS, null])
  })

  it('is kept as it came', () => {
    expect(rowOf(commented()).payload).toEqual(commented())
  })
})

describe("Zendesk's event that is not acted on", () => {
  it.each([
    ['unknown', delivery('ticket.sneezed'), 'zen:event-type:ticket.sneezed', 'unsupported'],
    [
      'about someone',
      { type: 'zen:event-type:user.created', id: EVENT },
      'zen:event-type:user.created',
      'unsupported',
    ],
    [
      'without a ticket',
      { type: 'zen:event-type:ticket.created', id: EVENT },
      'zen:event-type:ticket.created',
      'unreadable',
    ],
  ])('is kept under its own name, with a reason: %s', (_what, raw, kind, settled) => {
    expect(rowOf(raw)).toMatchObject({
      kind,
      settled,
      key: `event:${EVENT}`,
      remoteId: EVENT,
      at: NOON,
      ticketId: null,
      ticketState: null,
      work: [],
      payload: raw,
    })
  })

  it.each([[{}], [[]], [null], ['text']])('is kept even when it has no name at all: %j', (raw) => {
    expect(rowOf(raw)).toMatchObject({ kind: 'unreadable', settled: 'unreadable', work: [] })
  })

  it('is known again by its content when it names no id', () => {
    const nameless = { type: 'zen:event-type:user.created' }
    expect(rowOf(nameless).key).toBe(rowOf({ ...nameless }).key)
    expect(rowOf(nameless).key).not.toBe(rowOf({ ...nameless, x: 1 }).key)
  })
})

describe('what the core is told of it', () => {
  it('is the comment, with what the event says of its author', () => {
    expect(toCommentAdded(parseZendeskEvent(commented()))).toEqual({
      kind: 'comment_added',
      ticketId: '5158',
      commentId: '8513131871102',
      body: 'We are investigating',
      isPublic: true,
      authorIsStaff: true,
      requesterId: '8447388090494',
      at: HAPPENED,
    })
  })

  it.each([
    [delivery('ticket.created'), 'ticket_created', null],
    [statusChanged('CLOSED'), 'ticket_status_changed', 'closed'],
  ] as const)("is the ticket's change: %j", (raw, kind, current) => {
    expect(toTicketEvent(parseZendeskEvent(raw))).toEqual({
      kind,
      current,
      brandId: '8447346621310',
      at: HAPPENED,
      ticketId: '5158',
    })
  })

  it('is never made of an event of another kind', () => {
    expect(() => toCommentAdded(parseZendeskEvent(delivery('ticket.created')))).toThrow(
      'ticket_created is not a comment',
    )
    expect(() => toTicketEvent(parseZendeskEvent(commented()))).toThrow(
      "comment_added is no change of a ticket's life",
    )
  })
})
