import { describe, expect, it } from 'vitest'
import type { Ticket } from '../api/world.ts'
import { type GuideFacts, hintOf } from './guide.ts'

const ticketThatIs = (status: string): Ticket => ({
  id: 1001,
  subject: 'Parcel',
  status,
  brand: null,
  group: null,
  tags: [],
  requester: null,
  assignee: null,
  comment_count: 0,
  created_at: '2026-07-01T10:00:00Z',
  updated_at: '2026-07-01T10:00:00Z',
  comments: [],
})

const optedOut = (ticket: Ticket | null): GuideFacts => ({
  name: 'Sarah',
  isSubscribed: false,
  messages: [],
  ticket,
  profile: null,
  service: null,
  isAlone: false,
})

const hint = (ticket: Ticket | null) =>
  hintOf({ kind: 'first_minute', since: 0, endingsBefore: 0 }, optedOut(ticket))

describe('the hint for somebody who opted out', () => {
  it.each(['new', 'open', 'pending', 'hold'])(
    'promises a comment on a ticket that is %s',
    (status) => {
      expect(hint(ticketThatIs(status))).toContain('a text still comes to the ticket')
    },
  )

  it.each([null, ticketThatIs('solved'), ticketThatIs('closed')])(
    'promises no ticket where none is active',
    (ticket) => {
      expect(hint(ticket)).toContain('no ticket comes of a text')
    },
  )
})
