import { useLocalStorage } from '@mantine/hooks'
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { call } from '../api/call.ts'
import type { Host } from '../api/host.ts'
import { useStory } from '../api/reads.ts'
import type { Clock } from '../api/world.ts'
import type { Guide, GuideKind } from './guide.ts'

type GuideState = {
  /** What is being tried; null when nothing is. */
  readonly guide: Guide | null
  /** From now on; resolves once it is clear when now is. */
  readonly begin: (kind: GuideKind) => Promise<void>
  readonly dismiss: () => void
}

const GuideContext = createContext<GuideState | null>(null)

/** Keeps what is being tried. The first minute begins by itself, until somebody dismissed it. */
export function GuideProvider({ children }: { readonly children: ReactNode }) {
  const [guide, setGuide] = useState<Guide | null>(null)
  const [isFirstDone, setFirstDone] = useLocalStorage({
    key: 'studio-first-minute-dismissed',
    defaultValue: false,
    getInitialValueInEffect: false,
  })

  const begin = useCallback(async (kind: GuideKind) => setGuide(await startGuide(kind)), [])
  const dismiss = useCallback(() => {
    if (guide?.kind === 'first_minute') setFirstDone(true)
    setGuide(null)
  }, [guide, setFirstDone])
  useBeginning(guide, isFirstDone, begin)

  const state = useMemo(() => ({ guide, begin, dismiss }), [guide, begin, dismiss])
  return <GuideContext value={state}>{children}</GuideContext>
}

export function useGuide(): GuideState {
  const state = useContext(GuideContext)
  if (state === null) throw new Error('no guide is provided here')
  return state
}

/** What the story does is not what its reader did, so the first minute begins after it. */
function useBeginning(guide: Guide | null, isFirstDone: boolean, begin: GuideState['begin']): void {
  const story = useStory()
  const isReady = story.data !== undefined && (story.data === null || story.data.busy === null)
  const isWanted = !isFirstDone && (guide === null || guide.kind === 'first_minute')
  const wanted = useRef(isWanted)
  wanted.current = isWanted
  useEffect(() => {
    // A sandbox that does not answer is told of by the stream of changes.
    if (isReady && wanted.current) begin('first_minute').catch(() => undefined)
  }, [isReady, begin])
}

async function startGuide(kind: GuideKind): Promise<Guide> {
  const [clock, host] = await Promise.all([
    call<Clock>('GET', '/control/clock'),
    call<Host>('GET', '/studio/host'),
  ])
  const service = host.kind === 'demo' ? host.service : null
  const endingsBefore = service !== null && 'endings' in service ? service.endings : 0
  return { kind, since: Date.parse(clock.now), endingsBefore }
}
