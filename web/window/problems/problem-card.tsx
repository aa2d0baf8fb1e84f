import { Card, Checkbox, Code, Group, Text, Title } from '@mantine/core'
import type { Problem } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { Ways } from '../recovery/ways.tsx'
import { AttemptList } from '../shared/attempt-list.tsx'
import { Interventions } from '../shared/interventions.tsx'
import { PageLink } from '../shared/link.tsx'
import { type State, StateBadge } from '../shared/state-badge.tsx'
import { Time } from '../shared/time.tsx'
import { Places } from './places.tsx'
import styles from './problem-card.module.css'

const BADGES: Readonly<Record<Problem['what'], { readonly state: State; readonly word?: string }>> =
  {
    undelivered: { state: 'failed' },
    gave_up: { state: 'failed' },
    unknown: { state: 'unknown' },
    set_aside: { state: 'failed', word: 'Set aside' },
  }

type Props = {
  readonly problem: Problem
  readonly isSelected: boolean
  readonly onSelect: (isSelected: boolean) => void
  readonly onDone: (now: string) => void
  readonly onRefused: () => void
}

/** One thing that failed: what, for whom and why, the words it is about, and what to do. */
export function ProblemCard({ problem, isSelected, onSelect, ...told }: Props) {
  const { says, what, at, text, remedy } = problem
  return (
    <Card withBorder component="article" aria-label={says}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <Checkbox
            size="sm"
            mt={2}
            aria-label={`Select: ${says}`}
            checked={isSelected}
            onChange={(event) => onSelect(event.currentTarget.checked)}
          />
          <Title order={2} size="h3">
            {says}
          </Title>
        </Group>
        <Text size="sm" c="dimmed" component="div" miw="fit-content">
          <Time at={at} />
        </Text>
      </Group>
      {text !== null && <blockquote className={styles.words}>{text}</blockquote>}
      <Group gap="xs" mt="xs" wrap="nowrap" align="flex-start">
        <StateBadge {...BADGES[what]} />
        <Text size="sm">{remedy}</Text>
      </Group>
      <Ways problem={problem} {...told} />
      <Places problem={problem} />
      <Details problem={problem} />
    </Card>
  )
}

function Details({ problem }: { readonly problem: Problem }) {
  const { event, effect, reason, cause, attempts, interventions } = problem
  return (
    <details className={styles.details}>
      <summary>Details</summary>
      <Text size="xs" c="dimmed" component="div" mt={4}>
        {event.source} event <Code fz="xs">{event.kind}</Code>, id{' '}
        <PageLink to={PATHS.event} params={{ id: event.id }} inherit>
          {event.id}
        </PageLink>
        , there <Code fz="xs">{event.remoteId}</Code>
        <div>
          {reason !== null && (
            <>
              decided as <Code fz="xs">{reason}</Code>
            </>
          )}
          {cause !== null && cause !== '' && `; failed with: ${cause}`}
        </div>
      </Text>
      <Interventions interventions={interventions} />
      <AttemptList attempts={attempts} kind={effect} />
    </details>
  )
}
