import { afterEach, describe, expect, it } from 'vitest'
import type { KlaviyoEventId, MetricId, ProfileId } from '../kernel/ids.ts'
import { instant } from '../kernel/instant.ts'
import { ok } from '../kernel/result.ts'
import { createEvents } from './events.ts'
import { createMetrics } from './metrics.ts'
import { resource } from './testing/event-delivery.ts'
import { type ScriptedKlaviyo, startKlaviyo } from './testing/scripted-klaviyo.ts'

let klaviyo: ScriptedKlaviyo

async function start(...given: Parameters<typeof startKlaviyo>) {
  klaviyo = await startKlaviyo(...given)
  return klaviyo.transport
}

afterEach(() => klaviyo.close())

const metricIds = ['A', 'B'] as readonly string[] as readonly MetricId[]
const since = instant(Date.UTC(2026, 6, 15, 12, 0, 0, 900))

/** Three pages; the links name another host, which must be ignored. */
function pages(count: number) {
  const next = `https://elsewhere.example/api/events?page%5Bcursor%5D=c${count}`
  return { status: 200, body: { data: [resource()], links: { next: count < 3 ? next : null } } }
}

describe('reading events', () => {
  it('goes to the end by cursor, on our own address', async () => {
    const transport = await start((_, count) => pages(count))
    const list = await createEvents(transport).list({ metricIds, since })

    expect(list).toMatchObject({ ok: true, value: { nextCursor: null } })
    expect(list.ok && list.value.events).toHaveLength(3)
    expect(list.ok && list.value.events[0]).toMatchObject({
      eventId: '4L3cwQae2TX',
      profileId: '01GDDK',
      resource: resource(),
    })
    expect(klaviyo.sentQuery(0)).toEqual({
      filter:
        'and(equals(metric_id,["A","B"]),greater-or-equal(datetime,2026-07-15T12:00:00.000Z))',
      sort: 'datetime',
      'page[size]': '200',
    })
    expect(klaviyo.sentQuery(1)).toMatchObject({ 'page[cursor]': 'c1', sort: 'datetime' })
  })

  it('stops at the page limit and can go on from there', async () => {
    const transport = await start((_, count) => pages(count))
    const events = createEvents(transport)
    const query = {
      metricIds: metricIds.slice(0, 1),
      profileId: 'p' as ProfileId,
      since,
      until: since,
    }
    const first = await events.list({ ...query, pageLimit: 2 })
    expect(first).toMatchObject({ value: { nextCursor: 'c2' } })

    const rest = await events.list({ ...query, cursor: 'c2' })
    expect(rest).toMatchObject({ value: { nextCursor: null } })
    expect(klaviyo.sentQuery(2)).toMatchObject({
      'page[cursor]': 'c2',
      filter:
        'and(equals(metric_id,"A"),equals(profile_id,"p"),greater-or-equal(datetime,2026-07-15T12:00:00.000Z),less-than(datetime,2026-07-15T12:00:01.000Z))',
    })
  })

  it('stops at a cursor that does not advance', async () => {
    const links = { next: '/api/metrics?page[cursor]=same' }
    const transport = await start(() => ({ status: 200, body: { data: [], links } }))
    expect(await createMetrics(transport).list()).toMatchObject({
      problem: { kind: 'unavailable', detail: expect.stringMatching(/does not advance/) },
    })
  })

  it('names the path of what is missing', async () => {
    const body = { data: { ...resource(), attributes: {} } }
    const transport = await start(() => ({ status: 200, body }))
    expect(await createEvents(transport).get('e' as KlaviyoEventId)).toMatchObject({
      problem: {
        kind: 'unavailable',
        detail: expect.stringMatching(/data\.attributes\.datetime: /),
      },
    })
  })

  it('lists metrics with their source', async () => {
    const data = [
      { id: 'A', attributes: { name: 'Sent SMS', integration: { name: 'Klaviyo' } } },
      { id: 'B', attributes: { name: 'Opened Ticket', integration: null } },
    ]
    const transport = await start(() => ({ status: 200, body: { data } }))
    expect(await createMetrics(transport).list()).toEqual(
      ok([
        { id: 'A', name: 'Sent SMS', integration: 'Klaviyo' },
        { id: 'B', name: 'Opened Ticket', integration: null },
      ]),
    )
  })
})

describe('recording an event', () => {
  it('names metric, person, time and unique id', async () => {
    const transport = await start(() => ({ status: 202 }))
    const created = await createEvents(transport).create({
      metric: 'Opened Ticket',
      profile: { email: 'sarah@example.com', externalId: 'zendesk:123' },
      properties: { Ticket_id: '4711' },
      time: since,
      uniqueId: 'acme:4711:opened',
      backfill: true,
    })

    expect(created).toEqual(ok(null))
    expect(klaviyo.sentBody()).toEqual({
      data: {
        type: 'event',
        attributes: {
          metric: { data: { type: 'metric', attributes: { name: 'Opened Ticket' } } },
          profile: {
            data: {
              type: 'profile',
              attributes: { email: 'sarah@example.com', external_id: 'zendesk:123' },
            },
          },
          properties: { Ticket_id: '4711' },
          time: '2026-07-15T12:00:00.900Z',
          unique_id: 'acme:4711:opened',
          backfill: true,
        },
      },
    })
  })
})
