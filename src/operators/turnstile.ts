/** Lets few pieces of work run at once and few more wait. */
export type Turnstile = {
  /** Does the work when its turn comes; null at once when too many wait already. */
  pass<T>(work: () => Promise<T>): Promise<T | null>
}

export function createTurnstile({
  atOnce,
  waiting,
}: {
  readonly atOnce: number
  readonly waiting: number
}): Turnstile {
  const queue: (() => void)[] = []
  let inside = 0

  /** Who leaves hands the place over, so that nobody slips in between. */
  function leave(): void {
    const next = queue.shift()
    if (next === undefined) inside -= 1
    else next()
  }

  async function enter(): Promise<void> {
    if (inside < atOnce) inside += 1
    else await new Promise<void>((resolve) => queue.push(resolve))
  }

  return {
    async pass(work) {
      if (inside >= atOnce && queue.length >= waiting) return null
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
