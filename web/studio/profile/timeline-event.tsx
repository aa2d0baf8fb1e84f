import { Anchor } from '@mantine/core'
import { useState } from 'react'
import type { ProfileEvent } from '../api/world.ts'
import { Decisions } from '../story/decisions.tsx'
import { Time } from '../time.tsx'
import classes from './profile.module.css'

/** One event of the profile: its gist, and on demand all its properties and what Replyline made of it. */
export function TimelineEvent({ event }: { readonly event: ProfileEvent }) {
  const [isOpen, setOpen] = useState(false)
  const { id, metric, time, properties } = event
  const gist = properties['Message Body'] ?? properties.Subject ?? properties.Method
  return (
    <li className={classes.event}>
      <button
        type="button"
        className={classes.summary}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span className={classes.metric}>
          <b className="said">{metric ?? 'Unknown event'}</b>
          <Time at={time} />
        </span>
        {typeof gist === 'string' && <span className="one-line">{gist}</span>}
      </button>
      {isOpen && (
        <div className={classes.details}>
          <Properties properties={properties} />
          <Why id={textOf(properties.Ticket_id) ?? id} />
        </div>
      )}
    </li>
  )
}

/** What Replyline recorded itself, it did because of a ticket. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function Properties({ properties }: Pick<ProfileEvent, 'properties'>) {
  return (
    <dl className={classes.facts}>
      {Object.entries(properties).map(([name, value]) => (
        <div key={name}>
          <dt className="said">{name}</dt>
          <dd className="said">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Why({ id }: { readonly id: string }) {
  const [isOpen, setOpen] = useState(false)
  return isOpen ? (
    <Decisions ids={[id]} />
  ) : (
    <Anchor component="button" size="xs" onClick={() => setOpen(true)}>
      What did Replyline make of it?
    </Anchor>
  )
}
