import { Loader, Text } from '@mantine/core'
import { useCast, useProfile } from '../api/reads.ts'
import type { Profile } from '../api/world.ts'
import { Problem } from '../problem.tsx'
import { Scroller } from '../scroller.tsx'
import { useView } from '../view.tsx'
import { ConsentRow } from './consent-row.tsx'
import classes from './profile.module.css'
import { TimelineEvent } from './timeline-event.tsx'

/** What Klaviyo holds of the person whose phone is in hand. */
export function ProfilePanel() {
  const [{ phone }] = useView()
  const cast = useCast()
  const isKnown = cast.data?.people.some(({ number }) => number === phone) ?? false
  const profile = useProfile(phone, isKnown)

  if (cast.data !== undefined && !isKnown)
    return (
      <Text size="sm" c="dimmed" p="sm">
        Klaviyo has no profile of {phone} yet. The first text from this phone makes one.
      </Text>
    )
  if (profile.data === undefined)
    return profile.error === null ? (
      <Loader size="sm" m="md" aria-label="Reading the profile" />
    ) : (
      <Problem text={profile.error.message} />
    )
  return <Known profile={profile.data} />
}

function Known({ profile }: { readonly profile: Profile }) {
  const { sms, whatsapp } = profile.subscriptions
  const newestFirst = profile.events.map((event, index) => ({ event, index })).reverse()
  return (
    <Scroller label="Klaviyo profile" className={classes.panel}>
      <Person profile={profile} />
      <h3 className={classes.heading}>Consent</h3>
      <ConsentRow channel="SMS" consent={sms.marketing} />
      <ConsentRow channel="WhatsApp" consent={whatsapp.marketing} />
      <h3 className={classes.heading}>Timeline</h3>
      {newestFirst.length === 0 && (
        <Text size="sm" c="dimmed">
          No event yet. Texts, answers and tickets of this person show here.
        </Text>
      )}
      <ol className={classes.timeline} aria-label="Timeline">
        {newestFirst.map(({ event }) => (
          <TimelineEvent key={event.id} event={event} />
        ))}
      </ol>
    </Scroller>
  )
}

function Person({ profile }: { readonly profile: Profile }) {
  const { id, first_name, last_name, email, phone_number, external_id, properties } = profile
  const name = [first_name, last_name].filter(Boolean).join(' ')
  const rows: readonly (readonly [string, string | null])[] = [
    ['Name', name === '' ? null : name],
    ['E-mail', email],
    ['Phone', phone_number],
    ['External id', external_id],
    ['Profile id', id],
    ...Object.entries(properties).map(
      ([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
  ]
  return (
    <dl className={classes.facts}>
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt className="said">{term}</dt>
          <dd className="said">
            {value ?? (
              <Text span inherit c="dimmed">
                none
              </Text>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
