const LANGUAGE = 'en-GB'

const hour = new Intl.DateTimeFormat(LANGUAGE, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(LANGUAGE, { day: 'numeric', month: 'short' })
const dayOfYear = new Intl.DateTimeFormat(LANGUAGE, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const full = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'full', timeStyle: 'long' })

/** The whole of a moment, seconds and zone included. */
export function fullWords(moment: Date): string {
  return full.format(moment)
}

/** "17:08" today, "21 Nov, 17:08" this year, "21 Nov 2025, 17:08" before. */
export function clockWords(moment: Date, now: Date): string {
  if (moment.toDateString() === now.toDateString()) return hour.format(moment)
  const date = moment.getFullYear() === now.getFullYear() ? day : dayOfYear
  return `${date.format(moment)}, ${hour.format(moment)}`
}

const MINUTE = 60_000

/** "just now", "5 min ago", "3 h ago"; from a day on, and for what lies ahead, the moment itself. */
export function agoWords(moment: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - moment.getTime()) / MINUTE)
  if (minutes < -1 || minutes >= 24 * 60) return clockWords(moment, now)
  if (minutes < 1) return 'just now'
  return minutes < 60 ? `${minutes} min ago` : `${Math.floor(minutes / 60)} h ago`
}
