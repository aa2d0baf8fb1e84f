import type { PhoneMessage } from '../api/world.ts'
import { Pill } from '../pill.tsx'
import { Time } from '../time.tsx'
import classes from './phone.module.css'

const ORIGINS = {
  conversation: 'an answer',
  campaign: 'a campaign',
  flow: 'a flow',
  'auto-response': "Klaviyo's auto-response",
} as const

/** One text, on the side of who wrote it, with where it came from. */
export function Bubble({ message }: { readonly message: PhoneMessage }) {
  const { direction, origin, body, from, to, at } = message
  const isOrdinary = origin === null || origin === 'conversation'
  return (
    <div className={classes.row} data-direction={direction}>
      <div className={`${classes.bubble} said`}>{body}</div>
      <div className={classes.about}>
        {direction === 'received' && origin !== null && (
          <Pill look={isOrdinary ? 'good' : 'quiet'}>{ORIGINS[origin]}</Pill>
        )}
        <span>{direction === 'sent' ? `to ${to}` : `from ${from}`}</span>
        <Time at={at} />
      </div>
    </div>
  )
}
