import { Text, UnstyledButton } from '@mantine/core'
import type { TicketSummary } from '../api/world.ts'
import { Time } from '../time.tsx'
import { useView } from '../view.tsx'
import classes from './desk.module.css'
import { StatusBadge } from './status-badge.tsx'

type List = {
  readonly tickets: readonly TicketSummary[]
  readonly shownId: number | null
  readonly whenEmpty: string
  readonly whenChosen: () => void
}

/** Tickets to choose from, the latest first. */
export function TicketList({ tickets, shownId, whenEmpty, whenChosen }: List) {
  if (tickets.length === 0)
    return (
      <Text size="sm" c="dimmed" p="sm" className="said">
        {whenEmpty}
      </Text>
    )
  return (
    <ul className={classes.list} aria-label="Tickets">
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <Item ticket={ticket} isShown={ticket.id === shownId} whenChosen={whenChosen} />
        </li>
      ))}
    </ul>
  )
}

type Row = {
  readonly ticket: TicketSummary
  readonly isShown: boolean
  readonly whenChosen: () => void
}

function Item({ ticket, isShown, whenChosen }: Row) {
  const [, change] = useView()
  const { id, subject, status, brand, requester, tags, updated_at } = ticket
  const about = [`#${id}`, requester?.name ?? 'nobody', brand, ...tags].filter(Boolean).join(' · ')
  return (
    <UnstyledButton
      className={classes.item}
      data-shown={isShown || undefined}
      aria-current={isShown}
      onClick={() => {
        change({ ticket: id })
        whenChosen()
      }}
    >
      <StatusBadge status={status} />
      <span className="one-line">{subject ?? '(no subject)'}</span>
      <Time at={updated_at} />
      <span className={`${classes.second} one-line`}>{about}</span>
    </UnstyledButton>
  )
}
