import { describe, expect, it } from 'vitest'
import { FJELL, id, NOON, NORDLYS } from '../../test/support/core-builders.ts'
import { HOUR, instant, SECOND } from '../kernel/instant.ts'
import { isChosenBrand, metricOf, onTicketEvent, type TicketEvent } from './on-ticket-event.ts'
import type { TicketFacts } from './ticket-facts.ts'

const NOW = instant(NOON + SECOND)
const MADE_AT = instant(NOON - 30 * SECOND)
const ticket: TicketFacts = {
  id: id('35436'),
  subject: 'Where is my parcel?',
  description: 'It should have come on Monday.',
  status: 'closed',
  priority: 'high',
  type: 'question',
  tags: ['sms', 'replyline'],
  viaChannel: 'web',
  viaSource: null,
  brandId: NORDLYS,
  assignee: { name: 'Kari Agent', email: 'kari@nordlys.no' },
  groupName: 'Support',
  requester: { id: '9001', name: 'Ada Nilsen', email: 'ada@example.com', phone: '+14155550142' },
  fields: { 'Order number': '1234' },
  createdAt: MADE_AT,
  agentUrl: 'https://nordlys.zendesk.com/agent/tickets/35436',
  conversation: null,
}
const policy = { account: 'nordlys', brands: 'all' } as const

const created: TicketEvent = { kind: 'ticket_created', current: null, brandId: NORDLYS, at: NOON }
const becomes = (current: string | null): TicketEvent => ({
  kind: 'ticket_status_changed',
  current,
  brandId: NORDLYS,
  at: NOON,
})
const closed = becomes('closed')

/** The one event that is recorded. */
function recorded(event: TicketEvent, changes: Partial<TicketFacts> = {}) {
  const [effect] = onTicketEvent(event, { ...ticket, ...changes }, policy, NOW).effects
  if (effect === undefined) throw new Error('nothing was recorded')
  return effect
}

describe('a ticket that is opened', () => {
  it('is an Opened Ticket event of the time it was made', () => {
    const decision = onTicketEvent(created, ticket, policy, NOW)
    expect(decision.reason).toBe('opened_recorded')
    expect(decision.effects).toMatchObject([
      {
        kind: 'record_event',
        metric: 'Opened Ticket',
        time: '2026-03-14T11:59:30.000Z',
        uniqueId: 'nordlys:35436:opened',
      },
    ])
  })

  it('found late is history, so that no flow starts because of it', () => {
    const at = (now: number) =>
      onTicketEvent({ ...created, at: NOON }, { ...ticket, createdAt: NOON }, policy, instant(now))
    const limit = NOON + 4 * HOUR
    expect(at(limit).effects).toMatchObject([{ backfill: false }])
    expect(at(limit + 1).effects).toMatchObject([{ backfill: true }])
  })

  it('has the time of the event when Zendesk does not say when it was made', () => {
    expect(recorded(created, { createdAt: null }).time).toBe('2026-03-14T12:00:00.000Z')
  })

  it('counts even when a merge has meanwhile closed it', () => {
    expect(recorded(created, { tags: ['closed_by_merge'] }).metric).toBe('Opened Ticket')
  })
})

describe('a ticket that changes its status', () => {
  it('is a Resolved Ticket event when it is closed, of that very time', () => {
    const decision = onTicketEvent(closed, ticket, policy, NOW)
    expect(decision.reason).toBe('resolved_recorded')
    expect(decision.effects).toMatchObject([
      {
        kind: 'record_event',
        metric: 'Resolved Ticket',
        time: '2026-03-14T12:00:00.000Z',
        uniqueId: 'nordlys:35436:closed',
      },
    ])
  })

  it.each(['new', 'open', 'pending', 'hold', 'solved', null])(
    'is not resolved by becoming %s, and need not even be read',
    (status) => {
      expect(metricOf(becomes(status))).toBeNull()
      expect(onTicketEvent(becomes(status), ticket, policy, NOW)).toEqual({
        reason: 'not_a_resolution',
        effects: [],
      })
    },
  )

  it('is not resolved when a merge closed it', () => {
    const merged = { ...ticket, tags: ['sms', 'closed_by_merge'] }
    expect(onTicketEvent(closed, merged, policy, NOW)).toEqual({
      reason: 'closed_by_merge',
      effects: [],
    })
  })
})

describe('a ticket that no longer exists', () => {
  it.each([
    ['opened', created],
    ['closed', closed],
  ])('is no event (%s)', (_what, event) => {
    expect(onTicketEvent(event, null, policy, NOW)).toEqual({ reason: 'ticket_gone', effects: [] })
  })
})

describe("a ticket's brand", () => {
  it.each([
    ['all', NORDLYS, true],
    ['all', null, true],
    [[NORDLYS], NORDLYS, true],
    [[FJELL, NORDLYS], NORDLYS, true],
    [[FJELL], NORDLYS, false],
    [[FJELL], null, false],
    [[], NORDLYS, false],
  ] as const)('with %j chosen, %s counts: %s', (brands, brandId, counts) => {
    expect(isChosenBrand(brandId, { account: 'nordlys', brands })).toBe(counts)
  })

  it('is the one Zendesk shows, which may have changed since the event', () => {
    const fjellAlone = { account: 'nordlys', brands: [FJELL] }
    expect(onTicketEvent(created, ticket, fjellAlone, NOW)).toEqual({
      reason: 'brand_not_chosen',
      effects: [],
    })
    expect(onTicketEvent(created, { ...ticket, brandId: FJELL }, fjellAlone, NOW).reason).toBe(
      'opened_recorded',
    )
  })

  it("is the event's when Zendesk shows none", () => {
    const nordlysAlone = { account: 'nordlys', brands: [NORDLYS] }
    expect(onTicketEvent(closed, { ...ticket, brandId: null }, nordlysAlone, NOW).reason).toBe(
      'resolved_recorded',
    )
  })
})

describe('whom the event belongs to', () => {
  const own = { channel: 'sms', profileId: id<'ProfileId'>('profile-1') }

  it.each([
    ['the e-mail before the phone', {}, { email: 'ada@example.com' }],
    [
      'the phone when there is no e-mail',
      { requester: { ...ticket.requester, email: null } },
      { phoneNumber: '+14155550142' },
    ],
    ['the profile of our own ticket', { conversation: own }, { id: 'profile-1' }],
    [
      'the e-mail when our own ticket has no profile',
      { conversation: { ...own, profileId: null } },
      { email: 'ada@example.com' },
    ],
  ])('%s', (_who, changes, profile) => {
    expect(recorded(created, changes).profile).toEqual(profile)
  })

  it('must be known: a requester without e-mail and phone is nobody in Klaviyo', () => {
    const nobody = { ...ticket, requester: { ...ticket.requester, email: null, phone: null } }
    expect(onTicketEvent(created, nobody, policy, NOW)).toEqual({
      reason: 'requester_unknown',
      effects: [],
    })
  })
})

describe('the properties of an event', () => {
  it('are the fourteen native ones, by exactly their names', () => {
    expect(recorded(closed).properties).toEqual({
      Assignee_email: 'kari@nordlys.no',
      Assignee_name: 'Kari Agent',
      Channel: 'web',
      Description: 'It should have come on Monday.',
      Fields: { 'Order number': '1234' },
      Group_name: 'Support',
      Priority: 'high',
      Subject: 'Where is my parcel?',
      Tags: ['sms', 'replyline'],
      Ticket_id: '35436',
      Type: 'question',
      Via: 'web',
      Zendesk_url: 'https://nordlys.zendesk.com/agent/tickets/35436',
      Status: 'closed',
    })
    expect(Object.keys(recorded(created).properties)).toHaveLength(14)
  })

  it('are null, not absent, where the ticket has nothing', () => {
    const bare = { assignee: null, groupName: null, priority: null, type: null, subject: null }
    expect(recorded(created, bare).properties).toMatchObject({
      Assignee_email: null,
      Assignee_name: null,
      Group_name: null,
      Priority: null,
      Type: null,
      Subject: null,
    })
  })

  it("name the channel of our own ticket's texts, though it came through the API", () => {
    const ours = {
      viaChannel: 'api',
      conversation: { channel: 'sms', profileId: id<'ProfileId'>('profile-1') },
    }
    expect(recorded(created, ours).properties).toMatchObject({ Channel: 'sms', Via: 'api' })
  })

  it('name the source before the channel as Via', () => {
    expect(recorded(created, { viaSource: 'web_form' }).properties).toMatchObject({
      Channel: 'web',
      Via: 'web_form',
    })
  })
})

describe('the unique id of an event', () => {
  it('names account, ticket and transition, and stays the same when told late or again', () => {
    const late = { ...closed, at: instant(NOON + 3_600 * SECOND) }
    expect(recorded(late, { subject: 'Changed' }).uniqueId).toBe(recorded(closed).uniqueId)
  })

  it('differs between tickets, accounts and transitions', () => {
    const elsewhere = onTicketEvent(closed, ticket, { account: 'fjell', brands: 'all' }, NOW)
    const ids = [
      recorded(closed).uniqueId,
      recorded(created).uniqueId,
      recorded(closed, { id: id('35437') }).uniqueId,
      elsewhere.effects[0]?.uniqueId,
    ]
    expect(new Set(ids).size).toBe(4)
  })
})
