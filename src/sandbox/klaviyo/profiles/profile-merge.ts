import type { Account, Channel, Conversation, Profile } from '../entities.ts'
import { TRAIT_NAMES } from '../entities.ts'
import { conversationsOf, noteInbound } from '../texts/conversations.ts'

/**
 * Merges `source` into `kept` and deletes it: events and conversations go along, and what the kept
 * profile lacks is taken over. Where both say something the kept one wins [I].
 * https://help.klaviyo.com/hc/en-us/articles/115005073847
 */
export function mergeProfiles(account: Account, kept: Profile, source: Profile, now: number): void {
  const { email, phoneNumber, externalId, anonymousId } = source
  const conversations = conversationsOf(account, source.id)
  takeOverConsent(kept, source)
  account.profiles.remove(source)
  account.profiles.identify(kept, {
    email: kept.email ?? email,
    phoneNumber: kept.phoneNumber ?? phoneNumber,
    externalId: kept.externalId ?? externalId,
    anonymousId: kept.anonymousId ?? anonymousId,
  })
  for (const name of TRAIT_NAMES) kept.traits[name] ??= source.traits[name]
  kept.properties = { ...source.properties, ...kept.properties }
  kept.location = { ...source.location, ...kept.location }
  kept.lastEventAt = Math.max(kept.lastEventAt ?? 0, source.lastEventAt ?? 0) || null
  kept.lastMarketing ??= source.lastMarketing
  kept.updatedAt = now

  account.events.reassign(source.id, kept.id)
  for (const { joinedAt } of account.lists.values()) {
    const since = joinedAt.get(source.id)
    if (joinedAt.delete(source.id) && !joinedAt.has(kept.id)) joinedAt.set(kept.id, since ?? now)
  }
  for (const conversation of conversations) moveConversation(account, kept, conversation)
}

/** Consent belongs to the number, so it comes along with it. */
function takeOverConsent(kept: Profile, source: Profile): void {
  if (kept.phoneNumber !== null || source.phoneNumber === null) return
  for (const channel of ['sms', 'whatsapp'] satisfies Channel[]) {
    kept.consent[channel] = source.consent[channel]
  }
}

/** Under an id of the kept profile's own: whether Klaviyo keeps the old one is not known [?]. */
function moveConversation(account: Account, kept: Profile, conversation: Conversation): void {
  const { channel, brandNumber, lastInboundAt: at } = conversation
  account.conversations.delete(conversation.id)
  const own = conversationsOf(account, kept.id).find((each) => each.channel === channel)
  if (own === undefined || own.lastInboundAt < at) {
    noteInbound(account, kept, { channel, brandNumber, at })
  }
}
