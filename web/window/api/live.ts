import { useEffect, useState } from 'react'
import { queryClient } from './query-client.ts'
import { SESSION_KEY } from './session.ts'

/** How often everything shown is asked for again while nothing tells of changes. */
const FALLBACK_MS = 5_000

type Listening = { close(): void }

/**
 * Renews what is shown whenever the service tells of a change. While it cannot tell, everything is asked
 * for every five seconds; true then.
 */
export function useLiveUpdates(): boolean {
  const [isInterrupted, setInterrupted] = useState(false)
  useEffect(() => {
    return whileShown(() => listen(setInterrupted))
  }, [])
  useEffect(() => {
    if (!isInterrupted) return
    const timer = setInterval(renew, FALLBACK_MS)
    return () => clearInterval(timer)
  }, [isInterrupted])
  return isInterrupted
}

/**
 * Listens only while somebody can see the page: a browser opens six connections to a service, and tabs
 * in the background would soon hold them all. Who comes back is told of a change at once, and renews.
 */
function whileShown(open: () => Listening): () => void {
  let live: Listening | null = null
  const follow = () => {
    if (document.hidden) live?.close()
    live = document.hidden ? null : (live ?? open())
  }
  document.addEventListener('visibilitychange', follow)
  follow()
  return () => {
    document.removeEventListener('visibilitychange', follow)
    live?.close()
  }
}

/** A browser reconnects by itself after a lost connection, but never after a refusal; then we do. */
function listen(onInterrupted: (is: boolean) => void): Listening {
  let source = open()
  let timer: number | undefined

  function open(): EventSource {
    const opened = new EventSource('/api/changes')
    opened.addEventListener('open', () => onInterrupted(false))
    opened.addEventListener('change', renew)
    opened.addEventListener('error', () => {
      onInterrupted(true)
      if (opened.readyState !== EventSource.CLOSED) return
      timer = window.setTimeout(() => {
        source = open()
      }, FALLBACK_MS)
    })
    return opened
  }

  return {
    close() {
      window.clearTimeout(timer)
      source.close()
      onInterrupted(false)
    },
  }
}

/** Asks again for everything that is shown. */
export function renew(): void {
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0],
  })
}
