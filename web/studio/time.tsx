import classes from './time.module.css'

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const WHOLE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' })

/** A moment, short; the whole of it with its zone on pointing at it. `isLong` adds the day. */
export function Time({ at, isLong = false }: { readonly at: string; readonly isLong?: boolean }) {
  const moment = new Date(at)
  return (
    <time dateTime={at} title={WHOLE.format(moment)} className={classes.time}>
      {isLong ? `${DAY.format(moment)}, ${CLOCK.format(moment)}` : CLOCK.format(moment)}
    </time>
  )
}
