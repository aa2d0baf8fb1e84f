import type { Account, Profile } from '../klaviyo/entities.ts'
import { isProblem, type Problem } from '../zendesk/api/errors.ts'
import type { TicketRecord } from '../zendesk/entities/tickets.ts'
import type { CurrentTickets } from './current-ticket.ts'
import { type HandOffChannel, type Installation, isSynced } from './installation.ts'
import { type Mark, toMetadata } from './mark.ts'
import { ownActor } from './own-user.ts'
import type { NativeParts } from './parts.ts'
import { findOrMakeRequester } from './requester.ts'

export type HandOff = {
  readonly account: Account
  readonly profile: Profile
  readonly channel: HandOffChannel
  /** Oldest first; `at` in ISO 8601. */
  readonly transcript: readonly TranscriptLine[]
}

type TranscriptLine = {
  readonly role: 'user' | 'agent'
  readonly content: string
  readonly at: string
}

export type HandOffOutcome =
  | { readonly kind: 'ticket'; readonly ticketId: number }
  /** Nothing reaches Zendesk: the conversation stays with Klaviyo. */
  | { readonly kind: 'no_ticket' }
  | Problem

/**
 * The AI agent gives up: a ticket with the whole transcript with its times, the visitor's e-mail and
 * the id of the profile. How these are laid out is our choice.
 * https://help.klaviyo.com/hc/en-us/articles/37659474656027
 */
export function createHandOff(parts: NativeParts, current: CurrentTickets) {
  const { zendesk, doubts, installations } = parts

  function handOff(given: HandOff): HandOffOutcome {
    const { account, profile, channel } = given
    const installation = installations.find(account.id)
    if (installation === null || !installation.handOffs.includes(channel)) return NO_TICKET
    const isNameless = profile.email === null
    if (isNameless && doubts.handOffWithoutEmail() === 'no_ticket') return NO_TICKET

    const talkedOn = findSynced(given, installation)
    return talkedOn === null ? openTicket(given, installation) : addComment(given, talkedOn)
  }

  /** The ticket that the conversation stands on already, where its hand-off belongs there too. */
  function findSynced({ profile, channel }: HandOff, installation: Installation) {
    const isText = channel === 'sms' || channel === 'whatsapp'
    if (!isText || !isSynced(installation, channel)) return null
    return doubts.handOffOfSynced() === 'same_ticket' ? current.findAny(profile, channel) : null
  }

  function openTicket(given: HandOff, { brand }: Installation): HandOffOutcome {
    const made = zendesk.operations.create(
      {
        requester_id: findOrMakeRequester(zendesk, given.profile).id,
        brand_id: brand.id,
        comment: { body: toText(given), public: isPublic() },
        metadata: toMetadata(markOf(given)),
      },
      ownActor(parts),
    )
    return isProblem(made) ? made : { kind: 'ticket', ticketId: made.record.ticket.id }
  }

  function addComment(given: HandOff, record: TicketRecord): HandOffOutcome {
    zendesk.operations.change({
      record,
      patch: {},
      comment: { body: toText(given), public: isPublic() },
      actor: ownActor(parts),
      metadata: toMetadata(markOf(given)),
    })
    return { kind: 'ticket', ticketId: record.ticket.id }
  }

  const isPublic = () => doubts.handOffComment() === 'public'

  return handOff
}

const NO_TICKET = { kind: 'no_ticket' } as const

function markOf({ account, profile, channel }: HandOff): Mark {
  const whose = { account: account.id, profile: profile.id, channel }
  return { origin: 'hand_off', ...whose, number: null }
}

function toText({ profile, channel, transcript }: HandOff): string {
  const about = [
    ...(profile.email === null ? [] : [`E-mail: ${profile.email}`]),
    `Klaviyo profile: ${profile.id}`,
    `Channel: ${channel}`,
  ]
  const lines = transcript.map(({ at, role, content }) => `[${at}] ${role}: ${content}`)
  return [about.join('\n'), lines.join('\n')].join('\n\n')
}
