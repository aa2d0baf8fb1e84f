import type { Channel } from './events.ts'

const SUBJECT_LENGTH = 60

/** The subject an agent sees in a list: the text's first words, cut at a word. */
export function subjectOf(body: string, channel: Channel): string {
  const flat = body.toWellFormed().replace(/\s+/g, ' ').trim()
  if (flat === '') return channel === 'sms' ? 'Text message' : 'WhatsApp message'
  if (flat.length <= SUBJECT_LENGTH) return flat
  const cut = flat.slice(0, SUBJECT_LENGTH + 1).replace(/\s+\S*$/, '')
  const words = cut.length > SUBJECT_LENGTH ? cut.slice(0, SUBJECT_LENGTH) : cut
  return `${words.toWellFormed().replace(/\uFFFD$/, '')}…`
}

/** The name of a new end user: the profile's, else a placeholder without the whole number. */
export function requesterName(
  profile: { firstName: string | null; lastName: string | null } | null,
  phone: string,
): string {
  const name = [profile?.firstName, profile?.lastName]
    .filter((part) => part?.trim())
    .join(' ')
    .trim()
  return name === '' ? `Customer …${phone.slice(-4)}` : name
}

/** What the new ticket says about the closed one, on a line of its own for agents alone. */
export function previousTicketNote(previousTicketId: string): string {
  return `Follows ticket #${previousTicketId}, which is closed and cannot be reopened.`
}

/** The note that a customer can no longer be texted. */
export const OPTED_OUT_NOTE =
  'The customer opted out of texts. Replies from this ticket may not reach their phone.'

const NO_WORDS = '[A message without words, perhaps a picture. Klaviyo may show it.]'

/** The text as a ticket holds it: Zendesk takes no comment without words, and no text may be lost. */
export function wordsOf(body: string): string {
  return /[^\s\u200b-\u200d\u2060\ufeff]/.test(body) ? body : NO_WORDS
}
