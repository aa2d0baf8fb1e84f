import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Changes } from '../core/changes.ts'

/** A handful a second at the most, however much happens. */
const SHORTEST_GAP_MS = 200
/** Shorter than any proxy's patience with a silent stream. */
const HEARTBEAT_MS = 15_000

/**
 * `GET /studio/changes`: an event `changed` for the first change and one for all that follow within
 * a fifth of a second. A reader that comes back must read everything again, so events carry nothing.
 */
export function changeStreamRoutes(changes: Changes): Hono {
  return new Hono().get('/studio/changes', (c) =>
    streamSSE(c, async (stream) => {
      await new Promise<void>((resolve) => {
        const tell = gathered(() => void stream.writeSSE({ event: 'changed', data: '' }))
        const unsubscribe = changes.subscribe(tell.note)
        const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS)
        heartbeat.unref()
        stream.onAbort(() => {
          unsubscribe()
          tell.cancel()
          clearInterval(heartbeat)
          resolve()
        })
        void stream.write('retry: 1000\n\n')
      })
    }),
  )
}

/** Runs `task` at once, and once more after the gap when there was more to tell. */
function gathered(task: () => void): { note(): void; cancel(): void } {
  let timer: NodeJS.Timeout | null = null
  let hasMore = false

  function end(): void {
    timer = null
    if (!hasMore) return
    hasMore = false
    note()
  }

  function note(): void {
    if (timer !== null) {
      hasMore = true
      return
    }
    timer = setTimeout(end, SHORTEST_GAP_MS)
    timer.unref()
    task()
  }

  return {
    note,
    cancel() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      hasMore = false
    },
  }
}
