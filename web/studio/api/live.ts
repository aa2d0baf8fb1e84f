import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** Whether the sandbox is heard. After every change, and after a silence, everything is read again. */
export function useLive(): 'connecting' | 'live' | 'lost' {
  const queries = useQueryClient()
  const [state, setState] = useState<'connecting' | 'live' | 'lost'>('connecting')

  useEffect(() => {
    let source: EventSource | null = null
    let retry: ReturnType<typeof setTimeout> | undefined

    function readAgain(): void {
      void queries.invalidateQueries()
    }
    function connect(): void {
      source = new EventSource('/studio/changes')
      source.addEventListener('changed', readAgain)
      source.addEventListener('open', () => {
        setState('live')
        readAgain()
      })
      source.addEventListener('error', () => {
        setState('lost')
        // A browser gives up on some failures for good, so the page comes back by itself.
        source?.close()
        retry = setTimeout(connect, 1_000)
      })
    }
    connect()
    return () => {
      clearTimeout(retry)
      source?.close()
    }
  }, [queries])
  return state
}
