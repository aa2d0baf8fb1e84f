import { describe, expect, it } from 'vitest'
import type { MetricId } from '../../kernel/ids.ts'
import { METRIC_NAMES } from '../../klaviyo/metric-names.ts'
import { judgeMetricNames, judgeTopics, textMetrics } from './klaviyo-names.ts'

const metric = (name: string, integration = 'Klaviyo') => ({
  ...{ id: name as MetricId, name, integration },
})
const OLDER = Object.values(METRIC_NAMES).map(
  (names) => names.find((name) => name.endsWith('SMS') || /SMS M/.test(name)) ?? '',
)
const NEWER = Object.values(METRIC_NAMES).map(
  (names) => names.find((name) => /Text Messag/.test(name)) ?? '',
)

describe('metric names', () => {
  it.each([
    ['older', OLDER, /older names.*"Sent SMS"/],
    ['newer', NEWER, /newer names.*"Sent Text Message"/],
    ['both', [...OLDER, ...NEWER], /both generations/],
  ])('of %s generations are all there', (_, names, says) => {
    const judged = judgeMetricNames(names.map((name) => metric(name)))
    expect(judged.map(({ state }) => state)).toEqual(['ok'])
    expect(judged[0]?.says).toMatch(says)
  })

  it('of other integrations and of WhatsApp are none of them', () => {
    const metrics = [metric('Sent SMS', 'API'), metric('Sent WhatsApp'), metric('Sent SMS')]
    expect(textMetrics(metrics)).toEqual([metric('Sent SMS')])
  })

  it('that are unknown altogether are a problem', () => {
    expect(judgeMetricNames([metric('Sent Carrier Pigeon')])).toMatchObject([{ state: 'problem' }])
  })

  it('each missing one is named with what it costs', () => {
    const judged = judgeMetricNames([metric('Sent SMS')])
    expect(judged.filter(({ state }) => state === 'warning')).toHaveLength(5)
    expect(judged).toContainEqual(
      expect.objectContaining({
        says: 'Klaviyo has no metric yet for texts that failed.',
        without: 'The agent is not told that an answer did not arrive.',
      }),
    )
  })
})

describe('webhook topics', () => {
  const topics = OLDER.map((name) => `event:klaviyo.${name.toLowerCase().replaceAll(' ', '_')}`)

  it('are enough when every kind is there', () => {
    expect(judgeTopics([...topics, 'event:api.opened_ticket']).map(({ state }) => state)).toEqual([
      'ok',
    ])
  })

  it('without that for inbound texts are a problem, without another a warning', () => {
    const without = (slug: string) => judgeTopics(topics.filter((topic) => !topic.endsWith(slug)))
    expect(without('.sent_sms')).toMatchObject([
      { state: 'problem', without: 'No text becomes a ticket.' },
    ])
    expect(without('.failed_to_deliver_sms')).toMatchObject([{ state: 'warning' }])
  })
})
