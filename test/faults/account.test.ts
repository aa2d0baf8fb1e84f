import { describe, expect, it } from 'vitest'
import { type Findings, type SeenWorld, type SentPhone, takeAccount } from './account.ts'
import type { Arrival } from './order.ts'

const PHONE = '+14155561000'
const ANNE: SentPhone = {
  ...{ phone: PHONE, texts: ['t-0-1', 't-0-2', 't-0-3'], replies: ['r-0-1', 'r-0-2'] },
  ticketCount: 2,
}

/** All as it must be: two texts, two replies, a close, and a third text on a new ticket. */
const GOOD: SeenWorld = {
  tickets: [
    ticket(7, 'closed', [
      ['t-0-1 Hello?', true],
      ['t-0-2 Anyone?', true],
      ['r-0-1 Yes.', true],
      ['r-0-2 We are here.', true],
    ]),
    ticket(9, 'open', [
      ['t-0-3 Again.', true],
      ['Replyline: the ticket before was #7.', false],
    ]),
    { ...ticket(1, 'open', [['My lamp is broken.', true]]), phone: null },
  ],
  phones: new Map([[PHONE, ['r-0-1 Yes.', 'r-0-2 We are here.']]]),
  events: [
    { metric: 'Opened Ticket', ticketId: '7' },
    { metric: 'Resolved Ticket', ticketId: '7' },
    { metric: 'Opened Ticket', ticketId: '9' },
  ],
  jobCount: 0,
}

function ticket(id: number, status: string, comments: readonly (readonly [string, boolean])[]) {
  return {
    ...{ id, status, phone: PHONE },
    comments: comments.map(([body, isPublic]) => ({ body, isPublic })),
  }
}

const account = (world: SeenWorld, arrivals: Record<string, Arrival> = {}) =>
  takeAccount([ANNE], world, new Map(Object.entries(arrivals)))

const counts = (findings: Findings) =>
  Object.fromEntries(
    Object.entries(findings)
      .map(([name, found]) => [name, found.length])
      .filter(([, count]) => count !== 0),
  )

const on = (id: number, change: (comments: SeenWorld['tickets'][0]['comments']) => unknown) => ({
  ...GOOD,
  tickets: GOOD.tickets.map((one) =>
    one.id === id ? { ...one, comments: change(one.comments) as typeof one.comments } : one,
  ),
})
const onPhone = (...texts: string[]) => ({ ...GOOD, phones: new Map([[PHONE, texts]]) })
const note = (body: string) => ({ body, isPublic: false })
const UNKNOWN = note('It is not known whether the text “r-0-2 We are here.” reached the customer.')

describe('the account', () => {
  it('finds nothing in a world where everything is there once, in order', () => {
    expect(counts(account(GOOD))).toEqual({})
  })

  it.each<[string, SeenWorld, Record<string, number>]>([
    ['a text on no ticket', on(7, (all) => all.slice(1)), { lost: 1 }],
    ['a text that only a note has', on(9, (all) => [note('t-0-3'), ...all.slice(1)]), { lost: 1 }],
    ['a text twice on a ticket', on(7, (all) => [...all, all[1]]), { doubled: 1 }],
    [
      'a text on both tickets',
      on(9, (all) => [{ body: 't-0-1', isPublic: true }, ...all]),
      { doubled: 1, outOfOrder: 0 },
    ],
    [
      'texts the wrong way round',
      on(7, (all) => [all[1], all[0], ...all.slice(2)]),
      { outOfOrder: 1 },
    ],
    ['a reply that never came', onPhone('r-0-1'), { untold: 1 }],
    ['a reply that came twice', onPhone('r-0-1', 'r-0-2', 'r-0-2'), { doubled: 1 }],
    ['replies the wrong way round', onPhone('r-0-2', 'r-0-1'), { outOfOrder: 1 }],
    ['an event that is missing', { ...GOOD, events: GOOD.events.slice(1) }, { lost: 1 }],
    [
      'a closing that is missing',
      { ...GOOD, events: [0, 2].map((at) => GOOD.events[at] ?? never()) },
      { lost: 1 },
    ],
    [
      'an event twice',
      { ...GOOD, events: [...GOOD.events, ...GOOD.events.slice(2)] },
      { doubled: 1 },
    ],
    ['work that is not finished', { ...GOOD, jobCount: 3 }, { stuck: 1 }],
    ['a campaign on a ticket', on(9, (all) => [...all, note('c-0-1')]), { doubled: 1 }],
    ['the same told twice', on(7, (all) => [...all, UNKNOWN, UNKNOWN]), { doubled: 1 }],
  ])('refuses %s', (_, world, expected) => {
    const found = counts(account(world))
    expect(found).toEqual(Object.fromEntries(Object.entries(expected).filter(([, n]) => n > 0)))
  })

  it('refuses a third ticket', () => {
    const split = { ...GOOD, tickets: [...GOOD.tickets, ticket(8, 'open', [['t-0-2', true]])] }
    const world = { ...split, tickets: split.tickets.filter(({ id }) => id !== 1) }
    expect(counts(account(world)).doubled).toBeGreaterThanOrEqual(1)
    expect(account(world).doubled.join()).toContain('tickets too many')
  })

  it('refuses a text on a neighbour’s ticket', () => {
    const other: SentPhone = {
      ...{ phone: '+14155561001', texts: [], replies: [] },
      ticketCount: 0,
    }
    const wrong = { ...ticket(11, 'open', [['t-0-2', true]]), phone: other.phone }
    const events = [...GOOD.events, { metric: 'Opened Ticket', ticketId: '11' }]
    const world = { ...GOOD, events, tickets: [...GOOD.tickets, wrong] }
    expect(takeAccount([ANNE, other], world, new Map()).doubled.join()).toContain('does not belong')
  })

  it('takes a reply that is missing as told only when a note names it', () => {
    const told = { ...on(7, (all) => [...all, UNKNOWN]), phones: onPhone('r-0-1').phones }
    expect(counts(account(told))).toEqual({ told: 1 })
    const otherOne = { ...told, phones: onPhone('r-0-2').phones }
    expect(counts(account(otherOne))).toEqual({ untold: 1 })
  })
})

describe('texts that stand the wrong way round', () => {
  const world = on(7, (all) => [all[1], all[0], ...all.slice(2)])
  const arrival = (firstAt: number, ackedAt: number | null, delivery: number, place = 0) => {
    return { firstAt, ackedAt, delivery, place }
  }

  it.each<[string, Arrival | undefined, Arrival | undefined, number]>([
    ['the later came after the earlier was acknowledged', arrival(1, 2, 1), arrival(3, 4, 2), 1],
    ['the later came first', arrival(3, 4, 2), arrival(1, 2, 1), 0],
    ['both were under way at once', arrival(1, 5, 1), arrival(3, 4, 2), 0],
    ['the earlier was never acknowledged', arrival(1, null, 1), arrival(3, 4, 2), 0],
    ['the earlier never came', undefined, arrival(3, 4, 2), 0],
    ['neither came: a feed has them in order', undefined, undefined, 1],
    ['one delivery had them in order', arrival(1, 2, 1, 0), arrival(1, 2, 1, 1), 1],
    ['one delivery had them so', arrival(1, 2, 1, 1), arrival(1, 2, 1, 0), 0],
  ])('%s', (_, early, late, broken) => {
    const arrivals = { ...(early && { 't-0-1': early }), ...(late && { 't-0-2': late }) }
    expect(account(world, arrivals).outOfOrder).toHaveLength(broken)
  })
})

function never(): never {
  throw new Error('no such event')
}
