import { useQuery } from '@tanstack/react-query'
import { overviewQuery } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { glanceAt } from './glance.ts'

const SILENT = 'Replyline does not answer'

/** All bridges in one word, leading to where it is told; nothing old is claimed while nobody answers. */
export function BridgesAtAGlance() {
  const overview = useQuery(overviewQuery)
  if (overview.isError)
    return (
      <span role="status">
        <StateBadge state="failed" word={SILENT} />
      </span>
    )
  if (overview.data === undefined) return null
  const { state, word, page } = glanceAt(overview.data.bridges)
  return (
    <PageLink to={PATHS[page]} underline="never" aria-label={`Bridges: ${word}`}>
      <StateBadge state={state} word={word} />
    </PageLink>
  )
}
