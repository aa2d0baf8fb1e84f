import type { Account, Profile } from '../klaviyo/entities.ts'
import { isProblem, type Problem } from '../zendesk/errors.ts'
import { type HandOffChannel, isSynced } from './installation.ts'
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
  /** In words: nobody knows what the real integration does here. */
  | { readonly kind: 'not_known'; readonly why: string }
  | Problem

/**
 * The AI agent gives up: a ticket with the whole transcript with its times, the visitor's e-mail and
 * the id of the profile. How these are laid out is our choice.
 * https://help.klaviyo.com/hc/en-us/articles/37659474656027
 */
export function createHandOff(parts: NativeParts) {
  const { zendesk, doubts, installations } = parts

  return function handOff(given: HandOff): HandOffOutcome {
    const { account, profile, channel } = given
    const installation = installations.find(account.id)
    const why = installation?.handOffs.includes(channel)
      ? whyNotKnown(given)
      : `on ${channel}, the AI agent of ${account.name} does not hand off to Zendesk (PUT /control/native handOffs), and no other destination is emulated`
    if (installation === null || why !== null) return { kind: 'not_known', why: why ?? '' }

    const requester = findOrMakeRequester(zendesk, profile)
    const whose = { account: account.id, profile: profile.id, channel }
    const mark: Mark = { origin: 'hand_off', ...whose, number: null }
    const isPublic = doubts.handOffComment() === 'public'
    const made = zendesk.operations.create(
      {
        requester_id: requester.id,
        brand_id: installation.brand.id,
        comment: { body: toText(given), public: isPublic },
        metadata: toMetadata(mark),
      },
      ownActor(parts),
    )
    return isProblem(made) ? made : { kind: 'ticket', ticketId: made.record.ticket.id }
  }

  function whyNotKnown({ account, profile, channel }: HandOff): string | null {
    if (profile.email === null) return 'who requests the ticket of a visitor without e-mail'
    const isText = channel === 'sms' || channel === 'whatsapp'
    return isText && isSynced(installations.find(account.id), channel)
      ? `how a hand-off on ${channel} and the ticket of the synced conversation go together`
      : null
  }
}

function toText({ profile, channel, transcript }: HandOff): string {
  const about = [
    `E-mail: ${profile.email}`,
    `Klaviyo profile: ${profile.id}`,
    `Channel: ${channel}`,
  ]
  const lines = transcript.map(({ at, role, content }) => `[${at}] ${role}: ${content}`)
  return [about.join('\n'), lines.join('\n')].join('\n\n')
}
