import { describe, expect, it } from 'vitest'
import { id, TICKET } from '../../test/support/core-builders.ts'
import type { CustomerId } from '../kernel/ids.ts'
import { groupOf, laneOf } from './lanes.ts'

const bridge = id<'BridgeId'>('bridge-1')
const ada = id<'CustomerId'>('customer-1')
const lane = (about: Parameters<typeof laneOf>[0], customer: CustomerId | null = ada) =>
  laneOf(about, bridge, customer, TICKET)

describe('a lane', () => {
  it.each([
    ['customer_message', 'customer-1>zendesk', 'live', 'zendesk'],
    ['consent', 'customer-1>zendesk', 'live', 'zendesk'],
    ['text_outcome', 'customer-1>zendesk', 'live', 'zendesk'],
    ['comment', 'customer-1>klaviyo', 'live', 'klaviyo'],
    ['text_settlement', 'customer-1>settle', 'live', null],
    ['ticket_metric', 'bridge-1/35436>metrics', 'metrics', 'klaviyo'],
  ] as const)('for %s is %s', (about, key, queue, platform) => {
    expect(lane(about)).toEqual({ key, queue, platform })
  })

  it.each(['customer_message', 'comment', 'text_settlement'] as const)(
    "is the ticket's when nobody is known (%s)",
    (about) => {
      expect(lane(about, null).key).toMatch(/^bridge-1\/35436>/)
    },
  )

  it('is one of nobody when not even a ticket is known', () => {
    expect(laneOf('consent', bridge, null, null).key).toBe('bridge-1/none>zendesk')
  })

  it('of one customer is never that of another, nor of the same ticket elsewhere', () => {
    const keys = [
      lane('comment').key,
      lane('comment', id('customer-2')).key,
      lane('comment', null).key,
      laneOf('comment', id('bridge-2'), null, TICKET).key,
    ]
    expect(new Set(keys).size).toBe(4)
  })
})

describe('a group', () => {
  it('is a connection, and work that calls nobody has one of its own', () => {
    const groups = (['zendesk', 'klaviyo', null] as const).map((platform) =>
      groupOf(bridge, platform),
    )
    expect(groups).toEqual(['bridge-1:zendesk', 'bridge-1:klaviyo', 'bridge-1:own'])
  })
})
