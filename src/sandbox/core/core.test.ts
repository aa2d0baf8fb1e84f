import { describe, expect, it } from 'vitest'
import { createCallLog } from './calls.ts'
import { createSandboxClock } from './clock.ts'
import { createFaults } from './faults.ts'
import { createNumericIds, ulid } from './ids.ts'
import { createRateLimits } from './rate-limit.ts'

describe('the log of calls', () => {
  it('forgets the oldest when it is full', () => {
    const log = createCallLog(10)
    for (let status = 200; status < 215; status += 1) {
      log.add({ platform: 'zendesk', method: 'GET', path: '/', status, at: '' })
    }
    expect(log.list()).toHaveLength(10)
    expect(log.list('zendesk').at(-1)?.status).toBe(214)
  })
})

describe('a fault matches', () => {
  it.each([
    [{}, true],
    [{ method: 'post' }, true],
    [{ method: 'GET' }, false],
    [{ path: '/api/v2/tick' }, true],
    [{ path: '/tickets' }, false],
    [{ path: '*/tickets' }, true],
    [{ path: '/api/*/tickets' }, true],
    [{ path: '/api/*/users' }, false],
    [{ path: '/api.v2/tickets' }, false],
  ])('%j: %s', (match, isTaken) => {
    const faults = createFaults()
    faults.add({ platform: 'zendesk', match, times: 1, fault: { status: 500 } })
    expect(faults.take('klaviyo', 'POST', '/api/v2/tickets')).toBeNull()
    expect(faults.take('zendesk', 'POST', '/api/v2/tickets') !== null).toBe(isTaken)
    if (isTaken) expect(faults.take('zendesk', 'POST', '/api/v2/tickets')).toBeNull()
  })
})

describe('a rate limit', () => {
  it('opens again when its window ends on the sandbox clock', () => {
    const clock = createSandboxClock()
    const limits = createRateLimits(clock)
    const take = () => limits.take('k', 2, 60_000)
    expect([take().allowed, take().allowed, take().allowed]).toEqual([true, true, false])
    clock.advance(60_000)
    expect(take()).toMatchObject({ allowed: true, remaining: 1 })
  })

  it('refuses nothing while limits are off', () => {
    const limits = createRateLimits(createSandboxClock())
    limits.setEnabled(false)
    for (let count = 0; count < 5; count += 1) expect(limits.take('k', 1, 1000).allowed).toBe(true)
  })
})

describe('ids', () => {
  it('grow and repeat from the same start', () => {
    const [one, two] = [createNumericIds(5), createNumericIds(5)]
    const first = [one(), one(), one()]
    expect([two(), two(), two()]).toEqual(first)
    expect(first.toSorted((a, b) => a - b)).toEqual(first)
  })

  it('sort by time when they are ULIDs', () => {
    expect(ulid(1_700_000_000_000)).toMatch(/^01HF7YAT00[0-9A-HJKMNP-TV-Z]{16}$/)
    expect(ulid(1) < ulid(2)).toBe(true)
  })
})
