import type { ServiceState } from '../api/host.ts'
import type { PhoneMessage, Profile, Ticket, TicketComment } from '../api/world.ts'

/** Something to try, and what ticks itself while it truly happens. */
export type GuideKind = 'first_minute' | 'stop' | 'failed_reply' | 'plug'

export type Guide = {
  readonly kind: GuideKind
  /** Milliseconds by the emulated clock; what was before does not count. */
  readonly since: number
  /** How often the service's process had ended by then. */
  readonly endingsBefore: number
}

/** What is so now, of the person whose phone is in hand. */
export type GuideFacts = {
  readonly name: string
  readonly isSubscribed: boolean
  readonly messages: readonly PhoneMessage[]
  /** The person's latest ticket. */
  readonly ticket: Ticket | null
  readonly profile: Profile | null
  readonly service: ServiceState | null
  /** No service was started beside the sandbox; one may have been connected by hand. */
  readonly isAlone: boolean
}

export type GuideItem = { readonly label: string; readonly isDone: boolean }

/** What of a guide has happened; pure, so that it can be told again at any moment. */
export function itemsOf(guide: Guide, facts: GuideFacts): readonly GuideItem[] {
  switch (guide.kind) {
    case 'first_minute':
      return firstMinute(guide, facts)
    case 'stop':
      return stop(guide, facts)
    case 'failed_reply':
      return failedReply(guide, facts)
    case 'plug':
      return plug(guide, facts)
  }
}

/** What stands in the way, what comes after, or how it is seen. Never empty, so that its room is kept. */
export function hintOf(guide: Guide, facts: GuideFacts): string {
  const { name, isSubscribed, isAlone, ticket } = facts
  if (guide.kind === 'stop') return `Texting START brings ${name} back.`
  if (isAlone && ticket === null)
    return 'The sandbox runs alone: tickets come of texts once Replyline is connected. “npm run demo” does both.'
  if (!isSubscribed)
    return isActive(ticket)
      ? `${name} is not subscribed: a text still comes to the ticket, but no answer could reach the phone. The word JOIN subscribes.`
      : `${name} is not subscribed, so no ticket comes of a text. The word JOIN subscribes.`
  if (guide.kind === 'failed_reply' && (ticket === null || ticket.status === 'closed'))
    return 'There is no open ticket to answer: text from this phone first.'
  if (guide.kind === 'plug')
    return 'Klaviyo tries again after 5 seconds, then after 10 more, and so on. “10 minutes later” hurries it.'
  return guide.kind === 'failed_reply'
    ? 'Klaviyo tells Replyline, and Replyline tells the agent.'
    : 'Each of these ticks itself when it happens.'
}

function firstMinute(guide: Guide, facts: GuideFacts): readonly GuideItem[] {
  const comments = commentsSince(guide, facts)
  return [
    { label: 'Text from a phone', isDone: textsSince(guide, facts, 'sent').length > 0 },
    { label: 'See the ticket', isDone: comments.some(isByCustomer) },
    { label: 'Answer publicly', isDone: comments.some(isPublicAnswer) },
    { label: 'See it on the phone', isDone: answersSince(guide, facts).length > 0 },
  ]
}

function stop(guide: Guide, facts: GuideFacts): readonly GuideItem[] {
  const { ticket, profile, name } = facts
  const isOut = profile?.subscriptions.sms.marketing.consent === 'UNSUBSCRIBED'
  const responses = textsSince(guide, facts, 'received').filter(
    ({ origin }) => origin === 'auto-response',
  )
  const hasOpenTicket = isActive(ticket)
  const isNew = ticket !== null && Date.parse(ticket.created_at) >= startOf(guide)
  return [
    { label: `${name} texted STOP`, isDone: textsSince(guide, facts, 'sent').length > 0 },
    { label: 'Klaviyo noted the opt-out', isDone: isOut },
    { label: 'and said so to the phone', isDone: responses.length > 0 },
    hasOpenTicket && !isNew
      ? {
          label: 'The open ticket has a note of it',
          isDone: commentsSince(guide, facts).some(isOurNote),
        }
      : { label: 'The word STOP made no ticket', isDone: isOut && !isNew },
  ]
}

function failedReply(guide: Guide, facts: GuideFacts): readonly GuideItem[] {
  const comments = commentsSince(guide, facts)
  return [
    { label: `The carrier refuses the next text to ${facts.name}`, isDone: true },
    { label: 'Answer publicly on the ticket', isDone: comments.some(isPublicAnswer) },
    { label: 'A note on the ticket says that it failed', isDone: comments.some(isOurNote) },
  ]
}

function plug(guide: Guide, facts: GuideFacts): readonly GuideItem[] {
  const { service } = facts
  const endings = service !== null && 'endings' in service ? service.endings : 0
  const hasEnded = endings > guide.endingsBefore
  return [
    { label: 'Replyline was killed', isDone: hasEnded },
    {
      label: `${facts.name} texted into the silence`,
      isDone: textsSince(guide, facts, 'sent').length > 0,
    },
    { label: 'Replyline is up again', isDone: hasEnded && service?.kind === 'up' },
    {
      label: 'The text is on the ticket: nothing was lost',
      isDone: commentsSince(guide, facts).some(isByCustomer),
    },
  ]
}

function textsSince(guide: Guide, { messages }: GuideFacts, direction: PhoneMessage['direction']) {
  return messages.filter(
    (message) => message.direction === direction && Date.parse(message.at) >= guide.since,
  )
}

function answersSince(guide: Guide, facts: GuideFacts) {
  return textsSince(guide, facts, 'received').filter(({ origin }) => origin === 'conversation')
}

function commentsSince(guide: Guide, { ticket }: GuideFacts): readonly TicketComment[] {
  return (ticket?.comments ?? []).filter(
    ({ created_at }) => Date.parse(created_at) >= startOf(guide),
  )
}

/** A text becomes a comment on it, whoever writes. */
function isActive(ticket: Ticket | null): boolean {
  return ticket !== null && !['solved', 'closed'].includes(ticket.status)
}

/** Zendesk's times are whole seconds. */
function startOf({ since }: Guide): number {
  return Math.floor(since / 1000) * 1000
}

function isByCustomer({ author, public: isPublic }: TicketComment): boolean {
  return isPublic && author?.role === 'end-user'
}

function isPublicAnswer({ author, public: isPublic, via }: TicketComment): boolean {
  return isPublic && author !== null && author.role !== 'end-user' && via.channel === 'web'
}

function isOurNote({ public: isPublic, via }: TicketComment): boolean {
  return !isPublic && via.channel === 'api'
}
