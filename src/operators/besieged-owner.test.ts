import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { instant, MINUTE, SECOND } from '../kernel/instant.ts'
import { type Aim, createGuesses, type Guesses } from './guesses.ts'

/*
 * Sieges in lock-step: somebody guesses ten times a second, and the owner, who knows the password, comes
 * now and then. Every try of the same moment is ordered against the owner.
 */

const SIEGES = 60
const FREE_TRIES = 5
const HEAD_START_MS = 10 * SECOND
const GIVES_UP_AFTER_MS = 5 * MINUTE
const ADA: Aim = { kind: 'name', value: 'ada' }

type Try = readonly [aim: Aim, sender: string]
type Siege = {
  readonly guess: (index: number) => Try
  readonly owner: Try
  /** What the owner waits, told to wait `waitMs`. */
  readonly patience: (waitMs: number) => number
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** The same numbers for the same seed. */
function seeded(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0
    return Math.floor((((state ^ (state >>> 13)) >>> 0) / 2 ** 32) * below)
  }
}

/** How long the owner took to be let in, and how many guesses a second were judged meanwhile. */
async function besiege(seed: number, { guess, owner, patience }: Siege) {
  const clock = { now: () => instant(Date.now()) }
  const guesses = createGuesses({ clock, chance: seeded(seed) })
  let guessed = -FREE_TRIES
  let index = 0
  const attacker = setInterval(() => {
    void guesses.begin(...guess(index++)).then((waitMs) => {
      if (waitMs === 0) guessed += 1
    })
  }, SECOND / 10)
  await vi.advanceTimersByTimeAsync(HEAD_START_MS)
  const from = Date.now()
  let isIn = false
  void comes(guesses, owner, patience).then(() => {
    isIn = true
  })
  while (!isIn && Date.now() - from < GIVES_UP_AFTER_MS) await vi.advanceTimersByTimeAsync(50)
  clearInterval(attacker)
  const tookMs = Date.now() - from
  return { tookMs, guessedEachS: guessed / ((tookMs + HEAD_START_MS) / SECOND) }
}

async function comes(guesses: Guesses, owner: Try, patience: Siege['patience']): Promise<void> {
  const waitMs = await guesses.begin(...owner)
  if (waitMs === 0) return
  await new Promise((resolve) => setTimeout(resolve, patience(waitMs)))
  return comes(guesses, owner, patience)
}

const elsewhere = (index: number) => `198.51.100.${index}`
const OWNERS = '192.0.2.1'
const PROXY = '10.0.0.1'
const TOKEN: Aim = { kind: 'setup_token', value: '' }

describe.each<[string, Siege['patience']]>([
  ['every three seconds', () => 3 * SECOND],
  ['exactly as told', (waitMs) => waitMs],
])('an owner who comes %s', (_how, patience) => {
  it.each<[string, Siege['guess'], Try]>([
    ['always another address', (index) => [ADA, elsewhere(index)], [ADA, OWNERS]],
    ['one address', () => [ADA, elsewhere(1)], [ADA, OWNERS]],
    ['the same address, a proxy', () => [ADA, PROXY], [ADA, PROXY]],
    ['always another, at the set-up token', (index) => [TOKEN, elsewhere(index)], [TOKEN, OWNERS]],
    ['a proxy, at the set-up token', () => [TOKEN, PROXY], [TOKEN, PROXY]],
  ])('gets in against guesses from %s', async (_from, guess, owner) => {
    const ends: Awaited<ReturnType<typeof besiege>>[] = []
    for (let seed = 1; seed <= SIEGES; seed += 1)
      ends.push(await besiege(seed, { guess, owner, patience }))
    const inAMinute = ends.filter(({ tookMs }) => tookMs <= MINUTE)
    expect(inAMinute.length / SIEGES).toBeGreaterThan(0.9)
    expect(Math.max(...ends.map(({ tookMs }) => tookMs))).toBeLessThan(2.5 * MINUTE)
    expect(Math.max(...ends.map(({ guessedEachS }) => guessedEachS))).toBeLessThanOrEqual(2)
  })

  it.each<[string, Siege['guess'], Try]>([
    [
      'other names, behind one proxy',
      (index) => [{ ...ADA, value: `${index}` }, PROXY],
      [ADA, PROXY],
    ],
    [
      'the name, from a known browser',
      () => [ADA, PROXY],
      [{ kind: 'browser', value: 'x' }, PROXY],
    ],
  ])('does not even wait while somebody guesses at %s', async (_what, guess, owner) => {
    const { tookMs } = await besiege(1, { guess, owner, patience })
    expect(tookMs).toBeLessThanOrEqual(100)
  })
})
