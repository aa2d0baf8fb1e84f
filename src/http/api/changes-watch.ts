import { findChangeMark } from '../../db/changes.ts'
import type { Tx } from '../../db/records.ts'

/** Who wants to know that something changed. */
export type Listener = { changed(): void; ended(): void }

/** Watches the database for all listeners of this process together. */
export type ChangesWatch = {
  /** Tells the listener of every change from now on; the answer ends that. */
  listen(listener: Listener): () => void
  /** Ends every listener, and all later ones at once. */
  stop(): void
}

const LOOK_EVERY_MS = 1_000

/**
 * Looks once a second, and only while somebody listens. A database that cannot be used is no change:
 * the next look that succeeds tells what happened meanwhile.
 */
export function createChangesWatch(db: Tx): ChangesWatch {
  const listeners = new Set<Listener>()
  let timer: NodeJS.Timeout | null = null
  let isStopped = false
  let mark: string | null = null

  async function look(): Promise<void> {
    const seen = await findChangeMark(db).catch(() => mark)
    const hasChanged = seen !== mark
    mark = seen
    if (hasChanged) for (const listener of listeners) listener.changed()
    if (listeners.size > 0 && !isStopped) timer = setTimeout(look, LOOK_EVERY_MS)
    else timer = null
  }

  function start(): void {
    if (timer !== null) return
    mark = null
    timer = setTimeout(look, 0)
  }

  return {
    listen(listener) {
      if (isStopped) {
        listener.ended()
        return () => undefined
      }
      listeners.add(listener)
      start()
      return () => listeners.delete(listener)
    },
    stop() {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
      for (const listener of listeners) listener.ended()
      listeners.clear()
    },
  }
}
