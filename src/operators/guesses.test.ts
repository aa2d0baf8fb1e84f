import { beforeEach, describe, expect, it } from 'vitest'
import { instant, MINUTE, SECOND } from '../kernel/instant.ts'
import { createGuesses, type Guesses, type GuessKey } from './guesses.ts'

let now: number
let guesses: Guesses

const clock = { now: () => instant(now) }
const name = (value: string): GuessKey => ({ kind: 'name', value })
const address = (value: string): GuessKey => ({ kind: 'address', value })

/** The waits that so many tries in the same moment are told. */
const tries = (count: number, ...keys: readonly GuessKey[]) =>
  Array.from({ length: count }, () => guesses.begin(keys))

beforeEach(() => {
  now = 1_000_000_000
  guesses = createGuesses(clock)
})

describe('guessing at a name', () => {
  it('is free five times, and then has to wait', () => {
    expect(tries(6, name('ada'))).toEqual([0, 0, 0, 0, 0, SECOND])
  })

  it('waits twice as long each time, a minute at most', () => {
    tries(5, name('ada'))
    const waits = Array.from({ length: 8 }, () => {
      const waitMs = guesses.begin([name('ada')])
      now += waitMs
      guesses.begin([name('ada')])
      return waitMs / SECOND
    })
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  })

  it('is not made to wait longer by tries that came too soon', () => {
    tries(50, name('ada'))
    expect(guesses.begin([name('ada')])).toBe(SECOND)
    now += SECOND
    expect(guesses.begin([name('ada')])).toBe(0)
  })

  it('slows nobody else', () => {
    tries(20, name('ada'))
    expect(guesses.begin([name('bob')])).toBe(0)
  })

  it('begins anew after a right try', () => {
    tries(4, name('ada'))
    guesses.begin([name('ada')])
    guesses.forgive([name('ada')])
    expect(tries(6, name('ada'))).toEqual([0, 0, 0, 0, 0, SECOND])
  })

  it('begins anew when nobody tried for a quarter of an hour', () => {
    tries(5, name('ada'))
    now += 15 * MINUTE
    expect(tries(5, name('ada'))).toEqual([0, 0, 0, 0, 0])
  })

  it('is not locked by a clock that is set back', () => {
    tries(5, name('ada'))
    now -= 60 * MINUTE
    expect(guesses.begin([name('ada')])).toBe(0)
  })
})

describe('guessing from an address', () => {
  it('is slowed over all names together', () => {
    const waits = Array.from({ length: 21 }, (_, index) =>
      guesses.begin([name(`name ${index}`), address('192.0.2.1')]),
    )
    expect(waits).toEqual([...Array<number>(20).fill(0), SECOND])
  })

  it('is not slowed by people who sign in', () => {
    for (let index = 0; index < 100; index += 1) {
      const keys = [name(`name ${index}`), address('192.0.2.1')]
      expect(guesses.begin(keys)).toBe(0)
      guesses.forgive(keys)
    }
  })

  it('is not made free by signing in between the guesses', () => {
    const waits = Array.from({ length: 40 }, (_, index) => {
      const own = [name('own'), address('192.0.2.1')]
      if (guesses.begin(own) === 0) guesses.forgive(own)
      return guesses.begin([name(`guess ${index}`), address('192.0.2.1')])
    })
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(20)
  })
})

describe('what is remembered', () => {
  it('is bounded: the count that was tried longest ago goes first', () => {
    guesses = createGuesses(clock, 100)
    tries(5, name('ada'))
    for (let index = 0; index < 99; index += 1) guesses.begin([name(`name ${index}`)])
    expect([guesses.size(), guesses.begin([name('ada')])]).toEqual([100, SECOND])
    for (let index = 0; index < 10_000; index += 1) guesses.begin([name(`more ${index}`)])
    expect([guesses.size(), guesses.begin([name('ada')])]).toEqual([100, 0])
  })
})
