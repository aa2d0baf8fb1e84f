import { Paper, Text } from '@mantine/core'
import type { Conversation } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { Time } from '../shared/time.tsx'
import styles from './conversation-list.module.css'
import { TicketLink } from './ticket-link.tsx'

type Props = {
  readonly conversations: readonly Conversation[]
  /** Whether these are what an earlier search found. */
  readonly isStale: boolean
}

/** Conversations as rows; as cards where the page is narrow. */
export function ConversationList({ conversations, isStale }: Props) {
  return (
    <Paper withBorder className={styles.list} data-stale={isStale || undefined}>
      <ul className={styles.rows} aria-label="Found">
        {conversations.map((conversation) => (
          <Row key={conversation.id} conversation={conversation} />
        ))}
      </ul>
    </Paper>
  )
}

/** The customer's name leads to the conversation from anywhere on the row; the ticket's link lies above it. */
function Row({ conversation }: { readonly conversation: Conversation }) {
  const { id, state, why, ticket, brandNumber, lastActivityAt, bridge } = conversation
  const { customerName, customerNumber, customerEmail, lastText } = conversation
  const details = [customerName === null ? null : customerNumber, customerEmail].filter(Boolean)
  return (
    <li className={styles.row}>
      <div className={styles.who}>
        <PageLink
          to={PATHS.conversation}
          params={{ id }}
          className={styles.open ?? ''}
          underline="never"
          c="inherit"
          size="sm"
          fw={600}
          truncate
        >
          {customerName ?? customerNumber ?? 'Number unknown'}
        </PageLink>
        <Text size="xs" c="dimmed" truncate>
          {details.join(' · ') || 'No e-mail known'}
        </Text>
        {lastText !== null && (
          <Text size="xs" truncate>
            “{lastText}”
          </Text>
        )}
      </div>
      <Text size="xs" c="dimmed" component="div" className={styles.to}>
        {brandNumber === '' ? bridge : `to ${brandNumber}`}
      </Text>
      <div className={styles.ticket}>
        {ticket === null ? (
          <Text size="sm" c="dimmed" aria-label="No ticket">
            –
          </Text>
        ) : (
          <TicketLink ticket={ticket} />
        )}
      </div>
      <div className={styles.state}>
        <StateBadge state={state} />
        {why !== null && (
          <Text size="xs" c="dimmed" mt={2} lineClamp={3}>
            {why}
          </Text>
        )}
      </div>
      <Text size="sm" c="dimmed" component="div" className={styles.when}>
        <Time at={lastActivityAt} as="ago" />
      </Text>
    </li>
  )
}
