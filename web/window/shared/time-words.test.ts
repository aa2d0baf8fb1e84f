import { describe, expect, it } from 'vitest'
import { agoWords, clockWords, fullWords } from './time-words.ts'

/** In the zone of whoever runs the test, as the words are. */
const NOW = new Date(2026, 10, 22, 17, 8, 30)
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)

describe('a moment as the hour', () => {
  it.each([
    [new Date(2026, 10, 22, 9, 5), '09:05'],
    [new Date(2026, 10, 21, 23, 59), '21 Nov, 23:59'],
    [new Date(2025, 11, 31, 8, 0), '31 Dec 2025, 08:00'],
  ])('%s', (moment, words) => {
    expect(clockWords(moment, NOW)).toBe(words)
  })
})

describe('a moment as how long ago', () => {
  it.each([
    [minutesAgo(0), 'just now'],
    [minutesAgo(0.9), 'just now'],
    [minutesAgo(1), '1 min ago'],
    [minutesAgo(59), '59 min ago'],
    [minutesAgo(60), '1 h ago'],
    [minutesAgo(24 * 60 - 1), '23 h ago'],
    [minutesAgo(24 * 60), '21 Nov, 17:08'],
    [minutesAgo(-1), 'just now'],
    [minutesAgo(-120), '19:08'],
  ])('%s', (moment, words) => {
    expect(agoWords(moment, NOW)).toBe(words)
  })
})

describe('a moment as a whole', () => {
  it('has its day, second and zone', () => {
    expect(fullWords(NOW)).toMatch(/^Sunday,? 22 November 2026 at 17:08:30 .+/)
  })
})
