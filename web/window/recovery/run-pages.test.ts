import { describe, expect, it } from 'vitest'
import { NOTHING_YET, type Progress, pagesOf, runPages, type Tally } from './run-pages.ts'

const PAGES: Readonly<Record<string, Tally>> = {
  first: { looked: 2, done: 1, left: [{ says: 'Dealt with.' }], next: 'b' },
  b: { looked: 3, done: 1, left: [{ says: 'Dealt with.' }, { says: 'Under way.' }], next: 'c' },
  c: { looked: 0, done: 0, left: [], next: null },
}
const page = async (after: string | null) => PAGES[after ?? 'first'] as Tally

/** What is told along the way, until so many pages were told. */
const told = async (from: Progress, stopAfter = Number.POSITIVE_INFINITY) => {
  const all: Progress[] = []
  const isWhole = await runPages(from, page, {
    onProgress: (now) => all.push(now),
    isStopped: () => all.length >= stopAfter,
  })
  return { isWhole, all }
}

describe('many, page by page', () => {
  it('are counted over all pages, what was left by its sentence', async () => {
    const { isWhole, all } = await told(NOTHING_YET)
    expect([isWhole, all.length]).toEqual([true, 3])
    expect(all.at(-1)).toEqual({
      ...{ looked: 5, done: 2, after: null },
      left: [
        { says: 'Dealt with.', count: 2 },
        { says: 'Under way.', count: 1 },
      ],
    })
  })

  it('can be stopped, and go on from there', async () => {
    const first = await told(NOTHING_YET, 1)
    expect(first).toMatchObject({ isWhole: false, all: [{ done: 1, after: 'b' }] })
    const rest = await told(first.all[0] as Progress)
    expect(rest.all.at(-1)).toMatchObject({ looked: 5, done: 2 })
  })

  it('that fail keep what was told before', async () => {
    const all: Progress[] = []
    const failing = async (after: string | null) => {
      if (after === 'b') throw new TypeError('Failed to fetch')
      return page(after)
    }
    const options = { onProgress: (now: Progress) => all.push(now), isStopped: () => false }
    await expect(runPages(NOTHING_YET, failing, options)).rejects.toThrow('fetch')
    expect(all).toMatchObject([{ done: 1, after: 'b' }])
  })

  it('that were selected are asked for in pages, each once', async () => {
    const asked: (readonly string[])[] = []
    const ask = async (ids: readonly string[]): Promise<Tally> => {
      asked.push(ids)
      return { looked: ids.length, done: ids.length, left: [], next: null }
    }
    const pages = pagesOf(['a', 'b', 'c', 'd', 'e'], 2, ask)
    const all: Progress[] = []
    await runPages(NOTHING_YET, pages, {
      onProgress: (now) => all.push(now),
      isStopped: () => false,
    })
    expect(asked).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    expect(all.at(-1)).toMatchObject({ looked: 5, done: 5 })
  })
})
