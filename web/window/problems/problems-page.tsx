import { Button, Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { overviewQuery, problemsQuery } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { RunPanel } from '../recovery/run-panel.tsx'
import { useRun } from '../recovery/use-run.ts'
import { Empty } from '../shared/empty.tsx'
import { PageLink } from '../shared/link.tsx'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { ManyPanel } from './many-panel.tsx'
import { ProblemList } from './problem-list.tsx'

/** What failed and waits for a person, newest first, and what to do about one, several or all of a time. */
export function ProblemsPage() {
  const found = useQuery(problemsQuery)
  const running = useRun()
  const [asked, setAsked] = useState<'retry' | 'replay' | null>(null)
  const actions = useRef<HTMLDivElement>(null)
  const isBusy = running.run?.state === 'running' || running.run?.state === 'stopping'
  const close = () => {
    running.close()
    actions.current?.querySelector('button')?.focus()
  }
  const open = (deed: 'retry' | 'replay', label: string) => (
    <Button
      size="xs"
      variant="default"
      disabled={isBusy}
      aria-expanded={asked === deed}
      onClick={() => setAsked(asked === deed ? null : deed)}
    >
      {label}
    </Button>
  )
  return (
    <Page
      title="Problems"
      intro="What did not go well and will not mend itself. A text that failed is also told to its agent on the ticket; it leaves this list when a later answer goes out."
      actions={
        <Group gap="xs" ref={actions}>
          {open('retry', 'Try all again since…')}
          {open('replay', 'Replay since…')}
        </Group>
      }
    >
      {asked !== null && (
        <ManyPanel key={asked} deed={asked} running={running} onClose={() => setAsked(null)} />
      )}
      <RunPanel running={{ ...running, close }} />
      {found.isPending && <Loading rows={4} />}
      {found.isError && found.data === undefined && (
        <LoadProblem error={found.error} retry={() => void found.refetch()} />
      )}
      {found.data !== undefined && (
        <Stack gap="sm">
          <ProblemList
            problems={found.data.problems}
            isBusy={isBusy}
            onMany={running.start}
            none={<NoProblem />}
          />
        </Stack>
      )}
    </Page>
  )
}

function NoProblem() {
  const overview = useQuery(overviewQuery)
  if (overview.data === undefined) return null
  return overview.data.bridges.some(({ isActive }) => isActive) ? (
    <Empty title="Nothing failed">
      Nothing waits for a person. What is still under way is on the{' '}
      <PageLink to={PATHS.overview} inherit>
        overview
      </PageLink>
      .
    </Empty>
  ) : (
    <Empty title="Nothing crosses yet">
      Nothing can fail before Zendesk and Klaviyo are joined. See{' '}
      <PageLink to={PATHS.connections} inherit>
        Connections
      </PageLink>
      .
    </Empty>
  )
}
