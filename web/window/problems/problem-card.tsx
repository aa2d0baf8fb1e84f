import { Card, Code, Group, Text, Title } from '@mantine/core'
import type { Problem } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { OutsideLink, PageLink } from '../shared/link.tsx'
import { type State, StateBadge } from '../shared/state-badge.tsx'
import { Time } from '../shared/time.tsx'
import styles from './problem-card.module.css'

const BADGES: Readonly<Record<Problem['what'], { readonly state: State; readonly word?: string }>> =
  {
    undelivered: { state: 'failed' },
    gave_up: { state: 'failed' },
    unknown: { state: 'unknown' },
    set_aside: { state: 'failed', word: 'Set aside' },
  }

/** One thing that failed: what, for whom and why, the words it is about, and what to do. */
export function ProblemCard({ problem }: { readonly problem: Problem }) {
  const { says, what, at, text, remedy } = problem
  return (
    <Card withBorder component="article" aria-label={says}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Title order={2} size="h3">
          {says}
        </Title>
        <Text size="sm" c="dimmed" component="div" miw="fit-content">
          <Time at={at} />
        </Text>
      </Group>
      {text !== null && <blockquote className={styles.words}>{text}</blockquote>}
      <Group gap="xs" mt="xs" wrap="nowrap" align="flex-start">
        <StateBadge {...BADGES[what]} />
        <Text size="sm">{remedy}</Text>
      </Group>
      <Ways problem={problem} />
      <Details problem={problem} />
    </Card>
  )
}

/** Where to go on: the ticket in Zendesk, the conversation here. */
function Ways({ problem }: { readonly problem: Problem }) {
  const { ticket, conversationId, customer, bridge } = problem
  return (
    <Group gap="4px 16px" mt="xs">
      {ticket !== null && (
        <OutsideLink href={ticket.link} size="sm">
          Ticket #{ticket.id}
        </OutsideLink>
      )}
      {conversationId !== null && (
        <PageLink to={PATHS.conversation} params={{ id: conversationId }} size="sm">
          Conversation with {customer ?? 'the customer'}
        </PageLink>
      )}
      <Text size="sm" c="dimmed">
        {bridge}
      </Text>
    </Group>
  )
}

function Details({ problem }: { readonly problem: Problem }) {
  const { event, effect, reason, cause, attempts } = problem
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
        {attempts.map((attempt) => (
          <div key={attempt.startedAt}>
            <Time at={attempt.startedAt} /> <Code fz="xs">{effect}</Code>{' '}
            {attempt.outcome ?? 'under way'}
            {attempt.status === null ? '' : ` (HTTP ${attempt.status})`}
            {attempt.detail === null ? '' : `: ${attempt.detail}`}
          </div>
        ))}
      </Text>
    </details>
  )
}
