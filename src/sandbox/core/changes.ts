/** Tells whoever looks on that something has changed, in the sandbox or in the demo around it; never what. */
export type Changes = {
  note(): void
  /** Calls `listener` after each change; the answer unsubscribes it. */
  subscribe(listener: () => void): () => void
}

/** Listeners hear of every change, one by one; who wants fewer gathers them. */
export function createChanges(): Changes {
  const listeners = new Set<() => void>()
  return {
    note() {
      for (const listener of [...listeners]) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
