import { describe, expect, it } from 'vitest'
import type { BridgeOverview } from '../api/queries.ts'
import { glanceAt } from './glance.ts'

const WELL: BridgeOverview = {
  id: 'b',
  name: 'nordlys',
  isActive: true,
  connections: [],
  lastReceived: null,
  lastSent: null,
  waiting: [],
  failing: [],
  texts: { received: 0, sent: 0, failed: 0 },
  campaigns: [],
  events: 0,
}
const waits = (count: number, isInLine: boolean): BridgeOverview['waiting'][number] => ({
  ...{ for: 'Zendesk answered 503', isInLine, count, oldestAt: '2026-11-22T12:00:00Z' },
  oldestEventId: 'e',
})
const broken: BridgeOverview['connections'][number] = {
  ...{ platform: 'zendesk', account: 'nordlys', address: 'https://x', state: 'reconnect' },
  ...{ id: 'c', stateReason: null, stands: null },
}
const still = (platform: 'zendesk' | 'klaviyo', why: 'paused' | 'down') => ({
  ...{ ...broken, platform, state: 'ready' as const },
  stands: { why, says: 'It stands.', since: '2026-11-22T12:00:00Z' },
})
const word = (...bridges: readonly Partial<BridgeOverview>[]) =>
  glanceAt(bridges.map((bridge) => ({ ...WELL, ...bridge }))).word

describe('all bridges at a glance', () => {
  it('are well only when nothing failed, waits for something, or is unfinished', () => {
    expect(word({})).toBe('All is well')
    expect(word({ waiting: [waits(3, true)] })).toBe('All is well')
    expect(word({}, { isActive: false })).toBe('Set-up not completed')
    expect(word({ waiting: [waits(1, false)] })).toBe('1 waits')
    expect(word({ waiting: [waits(1, false), waits(2, true)] })).toBe('3 wait')
  })

  it('tell what failed apart from what is not known', () => {
    expect(word({ failing: [{ what: 'unknown', count: 2 }] })).toBe('2 not known')
    const both = [
      { what: 'unknown', count: 2 },
      { what: 'undelivered', count: 1 },
    ] as const
    expect(word({ failing: [...both] })).toBe('1 failed')
  })

  it('name the account to reconnect before anything else', () => {
    expect(word({ connections: [broken], failing: [{ what: 'gave_up', count: 4 }] })).toBe(
      'Reconnect Zendesk',
    )
  })

  it.each([
    ['paused', 'Klaviyo is paused'],
    ['down', 'Klaviyo is down'],
  ] as const)('are not well while an account is %s', (why, says) => {
    expect(word({ connections: [still('klaviyo', why)], waiting: [waits(2, false)] })).toBe(says)
  })

  it('name what does not answer before what is paused, and a refused account before both', () => {
    const connections = [still('klaviyo', 'paused'), still('zendesk', 'down')]
    expect(word({ connections })).toBe('Zendesk is down')
    expect(word({ connections: [...connections, broken] })).toBe('Reconnect Zendesk')
  })

  it('say so when nothing is connected', () => {
    expect(word()).toBe('Nothing is connected')
  })
})
