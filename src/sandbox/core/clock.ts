/** The sandbox's time: real time plus whatever `advance` has added. It never runs backwards. */
export type SandboxClock = {
  now(): number
  advance(ms: number): void
  offsetMs(): number
  /** Calls `listener` after every advance; the answer unsubscribes it. */
  onAdvance(listener: () => void): () => void
}

/**
 * Everything in the sandbox ages by this clock except signature timestamps, which carry real time
 * so that a receiver's tolerance window still holds after an advance.
 */
export function createSandboxClock(): SandboxClock {
  const listeners = new Set<() => void>()
  let offset = 0

  return {
    now: () => Date.now() + offset,
    offsetMs: () => offset,

    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError('the clock only moves forward')
      offset += ms
      for (const listener of [...listeners]) listener()
    },

    onAdvance(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
