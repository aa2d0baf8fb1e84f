import { Text } from '@mantine/core'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'
import { WithTimes } from '../shared/with-times.tsx'
import type { Finding } from './examination.ts'
import styles from './finding.module.css'
import { FindingState } from './finding-state.tsx'

/** One finding that wants a person: what is wrong, what to do, and what works until then. */
export function FindingRow({ finding }: { readonly finding: Finding }) {
  const { state, says, remedy, without } = finding
  return (
    <li className={styles.row} data-state={state}>
      <FindingState state={state} />
      <div>
        <Text size="sm" fw={state === 'unknown' ? 400 : 600}>
          <WithTimes text={says} />
        </Text>
        {remedy !== null && (
          <Part title={state === 'unknown' ? 'To know:' : 'To mend it:'}>
            {remedy} <WayThere remedy={remedy} />
          </Part>
        )}
        {without !== null && <Part title="Until then:">{without}</Part>}
      </div>
    </li>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <Text size="sm" mt={4}>
      <Text span inherit c="dimmed">
        {title}
      </Text>{' '}
      {children}
    </Text>
  )
}

/** The pages that remedies speak of. */
const PAGES = [
  { named: 'page Connections', to: PATHS.connections, words: 'Open Connections' },
  { named: 'page Problems', to: PATHS.problems, words: 'Open Problems' },
] as const

function WayThere({ remedy }: { readonly remedy: string }) {
  const page = PAGES.find(({ named }) => remedy.includes(named))
  return page === undefined ? null : (
    <PageLink to={page.to} inherit>
      {page.words}
    </PageLink>
  )
}
