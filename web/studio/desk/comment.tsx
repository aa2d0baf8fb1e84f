import type { TicketComment } from '../api/world.ts'
import { Pill } from '../pill.tsx'
import { Time } from '../time.tsx'
import classes from './desk.module.css'

const ROLES: Readonly<Record<string, string>> = {
  'end-user': 'customer',
  agent: 'agent',
  admin: 'admin',
}

/** A comment by whom it is; an internal note looks like one. */
export function Comment({ comment }: { readonly comment: TicketComment }) {
  const { author, body, created_at, via } = comment
  const isStaff = author !== null && author.role !== 'end-user'
  return (
    <div
      className={classes.comment}
      data-note={comment.public ? undefined : true}
      data-staff={isStaff || undefined}
    >
      <div className={classes.by}>
        <b className="said">{author?.name ?? 'Zendesk'}</b>
        <span>{ROLES[author?.role ?? ''] ?? 'system'}</span>
        {!comment.public && <Pill look="wait">Internal note</Pill>}
        {via.channel !== 'web' && <span>by {via.channel}</span>}
        <Time at={created_at} />
      </div>
      <div className="said">{body}</div>
    </div>
  )
}
