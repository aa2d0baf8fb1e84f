import { Fragment } from 'react'
import { Time } from './time.tsx'

const MOMENT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/

/** A sentence of the service, its moments shown as everywhere: in this browser's zone. */
export function WithTimes({ text }: { readonly text: string }) {
  const parts = text.split(MOMENT).map((part, index) => ({ part, place: `${index} ${part}` }))
  return parts.map(({ part, place }) =>
    MOMENT.test(part) ? <Time key={place} at={part} /> : <Fragment key={place}>{part}</Fragment>,
  )
}
