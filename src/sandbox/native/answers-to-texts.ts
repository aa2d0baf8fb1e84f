import type { Account, Channel, Profile } from '../klaviyo/entities.ts'
import { findConversation } from '../klaviyo/texts/conversations.ts'
import type { Comment } from '../zendesk/entities/tickets.ts'
import { isStaff } from '../zendesk/store.ts'
import type { TicketUpdate } from '../zendesk/tickets/ticket-watch.ts'
import { isSynced } from './installation.ts'
import { type Mark, numberTextedLast, originOf, readMark } from './mark.ts'
import type { NativeParts } from './parts.ts'

const DAY = 24 * 60 * 60_000

/** Texts an agent's public comment on a ticket that a text made, to whoever had texted. */
export function createAnswersToTexts({ world, zendesk, klaviyo, installations }: NativeParts) {
  function onUpdate(update: TicketUpdate): void {
    const origin = originOf(update.record)
    const number = numberTextedLast(update.record)
    const comment = findAnswer(update)
    if (origin === null || number === null || comment === null) return
    const channel: Channel = origin.channel === 'whatsapp' ? 'whatsapp' : 'sms'
    const person = findPerson(origin, channel)
    if (person === null || !mayAnswer(person, channel, comment)) return
    const body = comment.plain_body.trim()
    const text = { ...person, channel, from: number, body, origin: 'conversation' as const }
    klaviyo.messages.send(text)
  }

  /** Pictures are not sent, so a comment with nothing else says nothing. */
  function findAnswer({ before, audit, comment }: TicketUpdate): Comment | null {
    const isOwn = before === null || readMark(audit) !== null
    if (isOwn || comment === null || !comment.public) return null
    const isAgents = isStaff(zendesk.store.users.get(comment.author_id))
    return isAgents && comment.plain_body.trim() !== '' ? comment : null
  }

  function findPerson({ account: id, profile: profileId }: Mark, channel: Channel) {
    const installation = installations.find(id)
    if (installation === null || !isSynced(installation, channel)) return null
    const { account } = installation
    const profile = account.profiles.get(profileId)
    return profile === null ? null : { account, profile }
  }

  /** "If the texting profile has the same e-mail as the replying agent, the reply is not sent." */
  function mayAnswer(person: Person, channel: Channel, { author_id }: Comment): boolean {
    const agentEmail = zendesk.store.users.get(author_id)?.email?.toLowerCase()
    const { email } = person.profile
    if (email !== null && email.toLowerCase() === agentEmail) return false
    return channel === 'sms' || isWindowOpen(person)
  }

  /** Free replies end a day after the customer's last message; templates are not emulated. */
  function isWindowOpen({ account, profile }: Person): boolean {
    const conversation = findConversation(account, profile.id, 'whatsapp')
    return conversation !== null && world.clock.now() - conversation.lastInboundAt < DAY
  }

  return onUpdate
}

type Person = { readonly account: Account; readonly profile: Profile }
