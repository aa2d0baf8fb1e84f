/** Tells whoever listens what has just happened, at once and in the order of subscribing. */
export type Emitter<Happening> = {
  tell(happening: Happening): void
  /** The answer unsubscribes the listener. */
  subscribe(listener: (happening: Happening) => void): () => void
}

/** A listener that acts on what it hears does so before `tell` returns. */
export function createEmitter<Happening>(): Emitter<Happening> {
  const listeners = new Set<(happening: Happening) => void>()
  return {
    tell(happening) {
      for (const listener of [...listeners]) listener(happening)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
