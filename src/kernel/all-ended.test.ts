import { expect, it } from 'vitest'
import { allEnded } from './all-ended.ts'

it('gives what all of them give', async () => {
  expect(await allEnded([Promise.resolve(1), 'two', null])).toEqual([1, 'two', null])
})

it('fails with the first error in order, when every other one has ended', async () => {
  const ended: string[] = []
  const slow = Promise.resolve()
    .then(() => undefined)
    .then(() => ended.push('slow'))
  const failing = [Promise.reject(new Error('first')), slow, Promise.reject(new Error('second'))]
  await expect(allEnded(failing)).rejects.toThrow('first')
  expect(ended).toEqual(['slow'])
})
