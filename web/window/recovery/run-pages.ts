import type { components } from '../api/schema.d.ts'

export type Tally = Pick<components['schemas']['Tally'], 'looked' | 'done' | 'next'> & {
  readonly left: readonly { readonly says: string }[]
}

/** How far many are: what was done, and what was left as it was, by the sentence that says why. */
export type Progress = {
  readonly looked: number
  readonly done: number
  readonly left: readonly { readonly says: string; readonly count: number }[]
  /** Where it goes on; null at the beginning. */
  readonly after: string | null
}

export const NOTHING_YET: Progress = { looked: 0, done: 0, left: [], after: null }

/** Asks for one page after the other, until the last or until `isStopped`; true when it was the last. */
export async function runPages(
  from: Progress,
  page: (after: string | null) => Promise<Tally>,
  { onProgress, isStopped }: { onProgress(now: Progress): void; isStopped(): boolean },
): Promise<boolean> {
  let progress = from
  while (!isStopped()) {
    const tally = await page(progress.after)
    progress = added(progress, tally)
    onProgress(progress)
    if (tally.next === null) return true
  }
  return false
}

function added(before: Progress, { looked, done, left, next }: Tally): Progress {
  const counts = new Map(before.left.map(({ says, count }) => [says, count]))
  for (const { says } of left) counts.set(says, (counts.get(says) ?? 0) + 1)
  return {
    looked: before.looked + looked,
    done: before.done + done,
    left: [...counts].map(([says, count]) => ({ says, count })),
    after: next,
  }
}

/** Pages of ids that are known beforehand, asked for by `ask`; `after` is how many were before. */
export function pagesOf(
  ids: readonly string[],
  size: number,
  ask: (ids: readonly string[]) => Promise<Tally>,
): (after: string | null) => Promise<Tally> {
  return async (after) => {
    const from = Number(after ?? 0)
    const tally = await ask(ids.slice(from, from + size))
    return { ...tally, next: from + size < ids.length ? String(from + size) : null }
  }
}
