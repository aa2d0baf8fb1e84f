import { describe, expect, it } from 'vitest'
import { despiteDeadlocks } from './pool.ts'

const fails = (times: number, code: string) => {
  let left = times
  return async () => {
    left -= 1
    if (left >= 0) throw Object.assign(new Error(code), { code })
    return 'done'
  }
}

describe('a transaction that gives way in a deadlock', () => {
  it('is done again', async () => {
    expect(await despiteDeadlocks(fails(2, '40P01'))).toBe('done')
  })

  it('is given up in the end', async () => {
    await expect(despiteDeadlocks(fails(5, '40P01'))).rejects.toThrow('40P01')
  })

  it('is not done again for any other reason', async () => {
    await expect(despiteDeadlocks(fails(1, '23505'))).rejects.toThrow('23505')
  })
})
