import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '../../kernel/instant.ts'
import { judgeDatabase, judgeDisk, judgeFailing, judgeReadiness, judgeWaiting } from './health.ts'
import { judgeSetUp } from './set-up.ts'

const MIB = 1024 * 1024

describe('the disk', () => {
  it.each([
    [200 * MIB - 1, 'problem'],
    [200 * MIB, 'warning'],
    [1024 * MIB - 1, 'warning'],
    [1024 * MIB, 'ok'],
  ])('with %d bytes left is %s', (bytes, state) => {
    expect(judgeDisk('/data', bytes).state).toBe(state)
  })
})

describe('the database', () => {
  it('lacks what was not applied, by name', () => {
    expect(judgeDatabase([]).state).toBe('ok')
    expect(judgeDatabase(['0009_x.sql'])).toMatchObject({
      state: 'problem',
      says: expect.stringContaining('0009_x.sql'),
    })
  })
})

describe('the service itself', () => {
  const parts = { database: 'ready', migrations: 'ready', engine: 'ready' }

  it.each([
    ['ready', parts, 'ok', /is ready/],
    ['without its engine', { ...parts, engine: 'stopped' }, 'problem', /engine stopped/],
    ['out of sight', null, 'unknown', /cannot be read from here/],
  ])('is %s', (_, found, state, says) => {
    const judged = judgeReadiness(found)
    expect(judged.state).toBe(state)
    expect(judged.says).toMatch(says)
  })
})

describe('work', () => {
  const waits = (oldestMs: number) => ({ waitingFor: 'Zendesk: 503', count: 2, oldestMs })

  it.each([
    [10 * MINUTE - 1, 'ok', /2 pieces of work under way/],
    [10 * MINUTE, 'warning', /up to 10 minutes: Zendesk: 503/],
    [HOUR, 'problem', /up to 1 hour/],
    [72 * HOUR, 'problem', /up to 3 days/],
  ])('that waits for %d ms is %s', (oldestMs, state, says) => {
    const [judged] = judgeWaiting([waits(oldestMs)])
    expect(judged?.state).toBe(state)
    expect(judged?.says).toMatch(says)
  })

  it('that does not wait is told as that', () => {
    expect(judgeWaiting([])).toMatchObject([{ state: 'ok', says: 'No work waits.' }])
  })

  it('that failed is counted over all its kinds', () => {
    const failing = [
      { what: 'gave_up', count: 1 },
      { what: 'unknown', count: 2 },
    ]
    expect(judgeFailing(failing)).toMatchObject(
      [{ state: 'warning', says: /^3 pieces/ }].map(({ state, says }) => ({
        state,
        says: expect.stringMatching(says),
      })),
    )
    expect(judgeFailing([])).toEqual([])
  })
})

describe('what is set up', () => {
  const zendesk = { platform: 'zendesk', name: 'Z' }
  const klaviyo = { platform: 'klaviyo', name: 'K' }

  it.each([
    ['nothing', { accounts: [], idle: [], bridges: [] }, /Nothing is set up yet/],
    ['no Klaviyo', { accounts: [zendesk], idle: ['Z'], bridges: [] }, /Klaviyo is not connected/],
    ['no Zendesk', { accounts: [klaviyo], idle: ['K'], bridges: [] }, /Zendesk is not connected/],
    ['no bridge', { accounts: [zendesk, klaviyo], idle: ['Z', 'K'], bridges: [] }, /no bridge/],
  ])('is %s, with how to go on', (_, setUp, says) => {
    const judged = judgeSetUp(setUp)
    expect(judged).toMatchObject([{ state: 'warning', says: expect.stringMatching(says) }])
    expect(judged[0]?.remedy).toContain('page Connections')
  })

  it('is whole, but an account is idle', () => {
    const setUp = { accounts: [zendesk, klaviyo], idle: ['K'], bridges: ['nordlys'] }
    expect(judgeSetUp(setUp).map(({ state }) => state)).toEqual(['ok', 'warning'])
  })
})
