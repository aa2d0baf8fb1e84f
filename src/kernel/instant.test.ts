import { describe, expect, it } from 'vitest'
import { instant, parseInstant, toIso } from './instant.ts'

describe('a time as the platforms write it', () => {
  it.each([
    ['2026-03-14T12:00:00Z', Date.UTC(2026, 2, 14, 12)],
    ['2026-03-14T12:00:00.123456789Z', Date.UTC(2026, 2, 14, 12, 0, 0, 123)],
    ['2026-03-14 12:00:00+00:00', Date.UTC(2026, 2, 14, 12)],
    ['2026-03-14T14:00:00+02:00', Date.UTC(2026, 2, 14, 12)],
    ['  2026-03-14T12:00:00Z ', Date.UTC(2026, 2, 14, 12)],
    ['Sat, 14 Mar 2026 12:00:00 GMT', Date.UTC(2026, 2, 14, 12)],
    ['1970-01-01T00:00:00Z', 0],
  ])('%j is read', (text, ms) => {
    expect(parseInstant(text)).toBe(ms)
  })

  it.each(['', 'soon', '2026-13-01T00:00:00Z', '2026-03-14T25:00:00Z', '\u0000'])(
    '%j is none',
    (text) => {
      expect(parseInstant(text)).toBeNull()
    },
  )

  it('is written in UTC, to the millisecond', () => {
    expect(toIso(instant(Date.UTC(2026, 2, 14, 12, 0, 0, 5)))).toBe('2026-03-14T12:00:00.005Z')
  })
})
