import { expect, it } from 'vitest'
import { createTurnstile } from './turnstile.ts'

/** A piece of work that ends when it is told to. */
function openWork() {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { work: async () => ended.then(() => 'done'), end: () => end() }
}

it('lets as many in as it may, and turns away who would be one too many to wait', async () => {
  const turnstile = createTurnstile({ atOnce: 1, waiting: 1 })
  const first = openWork()
  const inside = turnstile.pass(first.work)
  const waiting = turnstile.pass(async () => 'waited')
  expect(await turnstile.pass(async () => 'never')).toBeNull()
  first.end()
  expect([await inside, await waiting]).toEqual(['done', 'waited'])
  expect(await turnstile.pass(async () => 'after')).toBe('after')
})

it('is left by work that fails too', async () => {
  const turnstile = createTurnstile({ atOnce: 1, waiting: 0 })
  const fails = async () => {
    throw new Error('broken')
  }
  await expect(turnstile.pass(fails)).rejects.toThrow('broken')
  expect(await turnstile.pass(async () => 'after')).toBe('after')
})
