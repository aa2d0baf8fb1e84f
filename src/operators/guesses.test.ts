import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { instant, MINUTE, SECOND } from '../kernel/instant.ts'
import { type Aim, createGuesses, type Guesses } from './guesses.ts'

let guesses: Guesses

const clock = { now: () => instant(Date.now()) }
const name = (value: string): Aim => ({ kind: 'name', value })
const HERE = '192.0.2.1'

beforeEach(() => {
  vi.useFakeTimers()
  guesses = createGuesses({ clock })
})
afterEach(() => void vi.useRealTimers())

/** The waits that so many tries in the same moment are told. */
async function tries(count: number, aim: Aim): Promise<readonly number[]> {
  const all = Array.from({ length: count }, () => guesses.begin(aim, HERE))
  await vi.advanceTimersByTimeAsync(SECOND)
  return Promise.all(all)
}
const judged = async (count: number, aim: Aim) =>
  (await tries(count, aim)).filter((waitMs) => waitMs === 0).length

describe('guessing', () => {
  it('is free five times; of those that follow in half a second one is let through', async () => {
    expect(await judged(5, name('ada'))).toBe(5)
    expect((await tries(100, name('ada'))).toSorted((a, b) => a - b)).toEqual([
      0,
      ...Array<number>(99).fill(SECOND),
    ])
  })

  it('tells at once all but one that they have to come again', async () => {
    await tries(5, name('ada'))
    const told: number[] = []
    for (let index = 0; index < 50; index += 1)
      void guesses.begin(name('ada'), `192.0.2.${index}`).then((waitMs) => told.push(waitMs))
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toEqual(Array<number>(49).fill(SECOND))
  })

  it('keeps who asks alone waiting for half a second and no longer', async () => {
    await tries(5, name('ada'))
    const alone = guesses.begin(name('ada'), HERE)
    await vi.advanceTimersByTimeAsync(SECOND / 2)
    expect(await alone).toBe(0)
  })

  it('slows nobody else', async () => {
    await tries(50, name('ada'))
    expect(await guesses.begin(name('bob'), HERE)).toBe(0)
    expect(await guesses.begin({ kind: 'browser', value: 'ada' }, HERE)).toBe(0)
  })

  it('begins anew after a right try', async () => {
    await tries(5, name('ada'))
    guesses.forgive(name('ada'))
    expect(await judged(5, name('ada'))).toBe(5)
  })

  it('begins anew when nobody tried for a quarter of an hour', async () => {
    await tries(5, name('ada'))
    await vi.advanceTimersByTimeAsync(15 * MINUTE)
    expect([guesses.triesOf(name('ada')), await judged(5, name('ada'))]).toEqual([0, 5])
  })

  it('is counted', async () => {
    await tries(100, name('ada'))
    expect(guesses.triesOf(name('ada'))).toBe(6)
  })
})

describe('what is remembered', () => {
  it('is bounded: the count that was tried longest ago goes first', async () => {
    guesses = createGuesses({ clock, mostKept: 100 })
    await tries(5, name('ada'))
    for (let index = 0; index < 99; index += 1) await guesses.begin(name(`name ${index}`), HERE)
    expect([guesses.size(), guesses.triesOf(name('ada'))]).toEqual([100, 5])
    for (let index = 0; index < 1_000; index += 1) await guesses.begin(name(`more ${index}`), HERE)
    expect([guesses.size(), guesses.triesOf(name('ada'))]).toEqual([100, 0])
  })
})
