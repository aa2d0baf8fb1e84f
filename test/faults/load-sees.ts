import { keyOf, type SeenTicket, type SentPhone } from './account.ts'
import type { Watch } from './watch.ts'

/** The ticket of the phone's last round, once the round's first text is on it. */
export function ticketOfRound(
  watch: Watch,
  { phone, texts, ticketCount }: SentPhone,
  textsOfRound: number,
): SeenTicket | null {
  const first = texts[textsOfRound * (ticketCount - 1)]
  return watch.ticketsOf(phone).find(({ comments }) => has(comments, first)) ?? null
}

/** Whether every text is on a ticket, and every reply on the phone or in a note. */
export function isAllThere(watch: Watch, { phone, texts, replies }: SentPhone): boolean {
  const comments = watch.ticketsOf(phone).flatMap((ticket) => ticket.comments)
  const notes = comments.filter(({ isPublic }) => !isPublic)
  const onPhone = watch.textsTo(phone).map((body) => ({ body }))
  return (
    texts.every((key) => has(comments, key)) &&
    replies.every((key) => has(onPhone, key) || has(notes, key))
  )
}

function has(messages: readonly { readonly body: string }[], key: string | undefined): boolean {
  return messages.some(({ body }) => keyOf(body) === key)
}
