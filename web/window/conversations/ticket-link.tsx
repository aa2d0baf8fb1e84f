import { Text } from '@mantine/core'
import type { Conversation } from '../api/queries.ts'
import { OutsideLink } from '../shared/link.tsx'

type Props = { readonly ticket: NonNullable<Conversation['ticket']> }

/** A ticket's number, leading to Zendesk, and its status as last told. */
export function TicketLink({ ticket }: Props) {
  const status = ticket.status === 'hold' ? 'on-hold' : ticket.status
  return (
    <Text size="sm" component="span">
      <OutsideLink href={ticket.link} inherit>
        #{ticket.id}
      </OutsideLink>
      {status !== null && (
        <Text span inherit c="dimmed">
          {' '}
          {status}
        </Text>
      )}
    </Text>
  )
}
