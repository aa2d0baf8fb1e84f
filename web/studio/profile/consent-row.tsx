import type { Consent } from '../api/world.ts'
import { Pill, type PillLook } from '../pill.tsx'
import { Time } from '../time.tsx'
import classes from './profile.module.css'

const WORDS: Readonly<Record<string, readonly [label: string, look: PillLook]>> = {
  SUBSCRIBED: ['Subscribed', 'good'],
  UNSUBSCRIBED: ['Opted out', 'bad'],
  NEVER_SUBSCRIBED: ['Never subscribed', 'quiet'],
}

/** A channel's marketing consent: what it is, since when and by what. */
export function ConsentRow({
  channel,
  consent,
}: {
  readonly channel: string
  readonly consent: Consent
}) {
  const [label, look] = WORDS[consent.consent] ?? [consent.consent, 'quiet']
  return (
    <div className={classes.consent}>
      <span>{channel}</span>
      <Pill look={look}>{label}</Pill>
      {consent.consent_timestamp !== null && (
        <span className={classes.since}>
          {consent.method === 'TEXT' ? `by text ${consent.method_detail ?? ''}`.trim() : 'since'}{' '}
          <Time at={consent.consent_timestamp} isLong />
        </span>
      )}
    </div>
  )
}
