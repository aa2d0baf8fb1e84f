import { useQuery } from '@tanstack/react-query'
import { type BridgeOverview, overviewQuery } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'
import { type State, StateBadge } from '../shared/state-badge.tsx'

type Glance = { readonly state: State; readonly word: string }

/** All bridges in one word, leading to where it is told. */
export function BridgesAtAGlance() {
  const overview = useQuery(overviewQuery)
  if (overview.data === undefined) return null
  const { state, word } = glanceAt(overview.data.bridges)
  return (
    <PageLink to={PATHS.overview} underline="never" aria-label={`Bridges: ${word}`}>
      <StateBadge state={state} word={word} />
    </PageLink>
  )
}

/** The worst that is true of any bridge. */
function glanceAt(bridges: readonly BridgeOverview[]): Glance {
  if (bridges.length === 0) return { state: 'waiting', word: 'Not connected' }
  const broken = bridges
    .flatMap(({ connections }) => connections)
    .find(({ state }) => state === 'reconnect')
  if (broken !== undefined)
    return { state: 'failed', word: `Reconnect ${PLATFORMS[broken.platform]}` }
  if (bridges.some(({ waiting }) => waiting.some(({ isInLine }) => !isInLine)))
    return { state: 'waiting', word: 'Something waits' }
  return { state: 'fine', word: 'Connected' }
}

const PLATFORMS = { zendesk: 'Zendesk', klaviyo: 'Klaviyo' } as const
