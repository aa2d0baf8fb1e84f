import { useSyncExternalStore } from 'react'
import { agoWords, clockWords, fullWords } from './time-words.ts'

type Props = {
  /** ISO 8601. */
  readonly at: string
  /** `ago` for how fresh something is; the hour otherwise. */
  readonly as?: 'ago' | 'hour'
}

/** A moment in this browser's zone; its title gives it whole, with the zone. */
export function Time({ at, as = 'hour' }: Props) {
  const now = useMinute()
  const moment = new Date(at)
  return (
    <time dateTime={at} title={fullWords(moment)}>
      {as === 'ago' ? agoWords(moment, now) : clockWords(moment, now)}
    </time>
  )
}

const LOOK_EVERY_MS = 15_000

/** The present, renewed often enough for words like "2 min ago". */
function useMinute(): Date {
  const slot = useSyncExternalStore(watchClock, () => Math.floor(Date.now() / LOOK_EVERY_MS))
  return new Date((slot + 1) * LOOK_EVERY_MS)
}

function watchClock(onChange: () => void): () => void {
  const timer = setInterval(onChange, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}
