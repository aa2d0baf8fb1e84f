import { useEffect, useRef, useState } from 'react'
import { renew } from '../api/live.ts'
import { askWhoIsIn } from './actions.ts'
import type { Many } from './many.ts'
import { NOTHING_YET, type Progress, runPages } from './run-pages.ts'

export type Run = {
  readonly many: Many
  readonly progress: Progress
  readonly state: 'running' | 'stopping' | 'stopped' | 'failed' | 'ended'
  readonly error: unknown
}

export type Running = {
  readonly run: Run | null
  start(many: Many): void
  stop(): void
  goOn(): void
  close(): void
}

/** Does many, page by page, while its page is open. */
export function useRun(): Running {
  const [run, setRun] = useState<Run | null>(null)
  const isStopped = useRef(false)
  useEffect(
    () => () => {
      isStopped.current = true
    },
    [],
  )
  const change = (next: Partial<Run>) =>
    setRun((before) => (before === null ? null : { ...before, ...next }))

  async function go(many: Many, from: Progress): Promise<void> {
    isStopped.current = false
    setRun({ many, progress: from, state: 'running', error: null })
    try {
      const isWhole = await runPages(from, many.page, {
        onProgress: (progress) => change({ progress }),
        isStopped: () => isStopped.current,
      })
      change({ state: isWhole ? 'ended' : 'stopped' })
    } catch (error) {
      change({ state: 'failed', error })
      askWhoIsIn(error)
    }
    renew()
  }

  return {
    run,
    start: (many) => void go(many, NOTHING_YET),
    goOn: () => run !== null && void go(run.many, run.progress),
    close: () => setRun(null),
    stop() {
      isStopped.current = true
      change({ state: 'stopping' })
    },
  }
}
