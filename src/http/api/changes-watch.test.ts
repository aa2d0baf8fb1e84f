import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Tx } from '../../db/records.ts'
import { createChangesWatch } from './changes-watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A database that says how often it was asked, and whose mark a test can change or break. */
function scriptedDatabase() {
  const database = { mark: 'a', isLost: false, asked: 0 }
  const tx = {
    query: async () => {
      database.asked += 1
      if (database.isLost) throw new Error('lost')
      return { rows: [{ mark: database.mark }], rowCount: 1 }
    },
  } as Tx
  return { database, watch: createChangesWatch(tx) }
}

function listener() {
  const heard = { changes: 0, ended: 0 }
  return {
    heard,
    changed: () => {
      heard.changes += 1
    },
    ended: () => {
      heard.ended += 1
    },
  }
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1_000)

describe('the watch for changes', () => {
  it('asks nothing while nobody listens', async () => {
    const { database, watch } = scriptedDatabase()
    await seconds(10)
    expect(database.asked).toBe(0)
    const leave = watch.listen(listener())
    await seconds(1)
    leave()
    await seconds(1)
    const { asked } = database
    await seconds(10)
    expect(database.asked).toBe(asked)
  })

  it('asks once a second, however many listen', async () => {
    const { database, watch } = scriptedDatabase()
    for (let count = 0; count < 50; count += 1) watch.listen(listener())
    await seconds(10)
    expect(database.asked).toBeGreaterThanOrEqual(10)
    expect(database.asked).toBeLessThanOrEqual(11)
    watch.stop()
  })

  it('tells everybody of a change once', async () => {
    const { database, watch } = scriptedDatabase()
    const [one, other] = [listener(), listener()]
    watch.listen(one)
    watch.listen(other)
    await seconds(2)
    const before = one.heard.changes
    database.mark = 'b'
    await seconds(5)
    expect(one.heard.changes).toBe(before + 1)
    expect(other.heard.changes).toBe(before + 1)
    watch.stop()
  })

  it('tells after an outage what changed during it, and nothing else', async () => {
    const { database, watch } = scriptedDatabase()
    const one = listener()
    watch.listen(one)
    await seconds(2)
    const before = one.heard.changes
    database.isLost = true
    await seconds(5)
    expect(one.heard.changes).toBe(before)
    database.isLost = false
    database.mark = 'b'
    await seconds(2)
    expect(one.heard.changes).toBe(before + 1)
    watch.stop()
  })

  it('starts again for who comes after everybody had left', async () => {
    const { database, watch } = scriptedDatabase()
    watch.listen(listener())()
    await seconds(3)
    const later = listener()
    watch.listen(later)
    await seconds(2)
    const before = later.heard.changes
    database.mark = 'b'
    await seconds(2)
    expect(later.heard.changes).toBe(before + 1)
    watch.stop()
  })

  it('ends everybody when it stops, and who comes later at once', async () => {
    const { database, watch } = scriptedDatabase()
    const [one, late] = [listener(), listener()]
    watch.listen(one)
    await seconds(1)
    watch.stop()
    watch.listen(late)
    const { asked } = database
    await seconds(5)
    expect([one.heard.ended, late.heard.ended]).toEqual([1, 1])
    expect(database.asked).toBe(asked)
  })
})
