import { describe, expect, it } from 'vitest'
import { instant } from '../kernel/instant.ts'
import { readSince } from './read-since.ts'

const now = instant(Date.parse('2026-11-22T12:00:00Z'))

describe('a moment as a person writes it', () => {
  it.each([
    ['30s', '2026-11-22T11:59:30.000Z'],
    ['90m', '2026-11-22T10:30:00.000Z'],
    ['2h', '2026-11-22T10:00:00.000Z'],
    ['3d', '2026-11-19T12:00:00.000Z'],
    ['2026-11-20T08:00:00Z', '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T08:00:00+02:00', '2026-11-20T06:00:00.000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['yesterday', null],
    ['2 h', null],
    ['-2h', null],
    ['2026-13-40', null],
    ['', null],
  ])('%j is %s', (written, at) => {
    expect(readSince(written, now)).toBe(at)
  })
})
