import { describe, expect, it } from 'vitest'
import { HOUR, instant } from '../kernel/instant.ts'
import { retryAfterMs } from './retry-after.ts'

const now = instant(Date.UTC(2026, 6, 15, 12, 0, 0))

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 7 ', 7_000],
    ['0.5', 500],
    ['3600', HOUR],
    ['3601', HOUR],
    ['99999999999999999999', HOUR],
    ['Wed, 15 Jul 2026 12:00:30 GMT', 30_000],
    ['Wed, 15 Jul 2026 11:59:30 GMT', 0],
    ['Thu, 16 Jul 2026 12:00:00 GMT', HOUR],
    [null, null],
    ['', null],
    ['-1', null],
    ['soon', null],
    ['7, 7', null],
    ['1e3', null],
    ['2026', 2_026_000],
    ['Jul 15', null],
    ['Xxx, 99 Xxx 2026 12:00:00 GMT', null],
  ])('%j → %s', (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected)
  })
})
