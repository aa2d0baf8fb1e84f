import { Badge, Divider } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { overviewQuery } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { PageNavLink } from '../shared/link.tsx'
import { countOf } from './glance.ts'
import { Icon } from './icon.tsx'

const DAILY = [
  { to: PATHS.overview, label: 'Overview', icon: 'overview', isExact: true },
  { to: PATHS.conversations, label: 'Conversations', icon: 'conversations', isExact: false },
  { to: PATHS.problems, label: 'Problems', icon: 'problems', isExact: false },
  { to: PATHS.lookUp, label: 'Look up an id', icon: 'lookUp', isExact: false },
] as const

const RARE = [
  { to: PATHS.connections, label: 'Connections', icon: 'connections', isExact: false },
  { to: PATHS.doctor, label: 'Doctor', icon: 'doctor', isExact: false },
] as const

type Props = {
  /** Called when a page is chosen, so that a menu over the page can close. */
  readonly onNavigate: () => void
}

/** The way to every page, with the number of problems that wait for a person. */
export function Navigation({ onNavigate }: Props) {
  const overview = useQuery(overviewQuery)
  const failing = countOf((overview.data?.bridges ?? []).flatMap((bridge) => bridge.failing))
  const link = ({ to, label, icon, isExact }: (typeof DAILY)[number] | (typeof RARE)[number]) => (
    <PageNavLink
      key={to}
      to={to}
      label={label}
      leftSection={<Icon name={icon} />}
      activeOptions={{ exact: isExact, includeSearch: false }}
      activeProps={{ active: true, 'aria-current': 'page' }}
      onClick={onNavigate}
      rightSection={to === PATHS.problems && failing > 0 ? <Count of={failing} /> : null}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    />
  )
  return (
    <nav aria-label="Pages">
      {DAILY.map(link)}
      <Divider my="xs" />
      {RARE.map(link)}
    </nav>
  )
}

function Count({ of }: { readonly of: number }) {
  return (
    <Badge size="sm" color="red" variant="filled" aria-label={`${of} open`}>
      {of}
    </Badge>
  )
}
