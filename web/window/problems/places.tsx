import { Group, Text } from '@mantine/core'
import type { Problem } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { OutsideLink, PageLink } from '../shared/link.tsx'

/** Where to go on: the ticket in Zendesk, the conversation here. */
export function Places({ problem }: { readonly problem: Problem }) {
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
