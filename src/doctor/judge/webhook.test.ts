import { describe, expect, it } from 'vitest'
import { instant } from '../../kernel/instant.ts'
import { judgeDeliveries } from './deliveries.ts'
import { judgeWebhook, type ShownWebhook, type WebhookFacts } from './webhook.ts'

const endpoint = 'https://replyline.example.com/webhooks/klaviyo/1'
const shown: ShownWebhook = { isOn: true, endpoint, listensTo: ['a', 'b'] }
const inOrder: WebhookFacts = {
  platform: 'Klaviyo',
  installedAt: endpoint,
  endpoint,
  shown,
  wanted: ['a'],
  isUsed: true,
}

describe('a webhook', () => {
  it.each([
    ['is in order', {}, 'ok', /is on and leads here/],
    ['was never made', { installedAt: null }, 'problem', /No webhook has been made/],
    [
      'is not needed yet',
      { installedAt: null, isUsed: false },
      'ok',
      /No bridge uses this account yet/,
    ],
    ['was deleted', { shown: null }, 'problem', /was deleted/],
    ['is turned off', { shown: { ...shown, isOn: false } }, 'problem', /turned off/],
    ['lacks a topic', { wanted: ['a', 'c', 'd'] }, 'warning', /does not deliver c, d/],
    [
      'was installed at another address',
      { installedAt: 'https://old.example.com/webhooks/klaviyo/1' },
      'problem',
      /leads to https:\/\/old\.example\.com/,
    ],
  ] as const)('that %s', (_, change, state, says) => {
    const judged = judgeWebhook({ ...inOrder, ...change })
    expect(judged.state).toBe(state)
    expect(judged.says).toMatch(says)
  })

  it.each([
    ['https://replyline.example.com/...', 'ok'],
    ['https://replyline.example.com/webh…', 'ok'],
    ['https://replyline.example.com/webhooks/***', 'ok'],
    ['…/klaviyo/1', 'ok'],
    ['https://replyline.example.com', 'problem'],
    ['https://elsewhere.example.com/...', 'problem'],
  ])('whose address is shown as %s is %s', (cut, state) => {
    expect(judgeWebhook({ ...inOrder, shown: { ...shown, endpoint: cut } }).state).toBe(state)
  })
})

describe('deliveries', () => {
  const at = instant(Date.UTC(2026, 10, 22, 12))
  const last = instant(at - 60_000)

  it.each([
    [last, [], 'ok', /^The last delivery came at 2026-11-22T11:59/],
    [null, [], 'unknown', /^Nothing has come/],
    [null, [at], 'warning', /has 1 new ticket of the last day that never came here/],
    [last, [last, at], 'warning', /has 2 new tickets .* the newest of 2026-11-22T12:00/],
  ] as const)('last at %s, missed %j, are %s', (lastAt, missedAt, state, says) => {
    const judged = judgeDeliveries({ platform: 'Zendesk', lastAt, missedAt })
    expect(judged.state).toBe(state)
    expect(judged.says).toMatch(says)
  })
})
