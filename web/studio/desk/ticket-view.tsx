import { Anchor, Loader, Text, Title } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTicket } from '../api/reads.ts'
import type { Ticket } from '../api/world.ts'
import { Pill } from '../pill.tsx'
import { Problem } from '../problem.tsx'
import { Scroller } from '../scroller.tsx'
import { Decisions } from '../story/decisions.tsx'
import { Assignee } from './assignee.tsx'
import { Comment } from './comment.tsx'
import classes from './desk.module.css'
import { ReplyComposer } from './reply-composer.tsx'
import { StatusBadge } from './status-badge.tsx'

/** One ticket: what it is, what was said, and what can be answered. */
export function TicketView({ id }: { readonly id: number }) {
  const ticket = useTicket(id)
  const [isWhyOpen, setWhyOpen] = useState(false)
  if (ticket.data === undefined)
    return ticket.error === null ? (
      <Loader size="sm" m="md" aria-label="Reading the ticket" />
    ) : (
      <Problem text={ticket.error.message} />
    )

  return (
    <article className={classes.ticket} aria-label={`Ticket ${id}`}>
      <About ticket={ticket.data}>
        <Anchor
          component="button"
          size="xs"
          aria-expanded={isWhyOpen}
          onClick={() => setWhyOpen(!isWhyOpen)}
        >
          {isWhyOpen ? 'Back to the comments' : 'Why?'}
        </Anchor>
      </About>
      {isWhyOpen ? (
        <div className={classes.comments}>
          <Decisions ids={[String(id)]} />
        </div>
      ) : (
        <Comments ticket={ticket.data} />
      )}
      {ticket.data.status === 'closed' ? (
        <Text size="sm" c="dimmed" p="sm">
          This ticket is closed, which is final. The customer's next text opens a new one that names
          it.
        </Text>
      ) : (
        <ReplyComposer ticketId={id} />
      )}
    </article>
  )
}

function About({ ticket, children }: { readonly ticket: Ticket; readonly children: ReactNode }) {
  const { id, subject, status, brand, requester, tags } = ticket
  const reach = requester?.email ?? requester?.phone
  return (
    <div className={classes.about}>
      <Title order={3} size="sm" className="said">
        {subject ?? '(no subject)'}
      </Title>
      <StatusBadge status={status} />
      <span>#{id}</span>
      <span className="said">
        by <b>{requester?.name ?? 'nobody'}</b>
        {reach === null || reach === undefined || reach === requester?.name ? '' : `, ${reach}`}
      </span>
      {brand !== null && <span className="said">brand {brand}</span>}
      <Assignee ticket={ticket} />
      {tags.map((tag) => (
        <Pill key={tag} look="quiet">
          {tag}
        </Pill>
      ))}
      {children}
    </div>
  )
}

/** The newest at the foot and in sight. */
function Comments({ ticket: { comments } }: { readonly ticket: Ticket }) {
  return (
    <Scroller label="Comments" className={classes.comments} followedCount={comments.length}>
      {comments.map((comment) => (
        <Comment key={comment.id} comment={comment} />
      ))}
    </Scroller>
  )
}
