import type { Account, Channel, Conversation, Profile } from '../entities.ts'
import { stableId } from '../ids.ts'
import { regionOf } from './phone-numbers.ts'

/** The profile's conversation on a channel; none before the profile has written first. */
export function findConversation(
  account: Account,
  profileId: string,
  channel: Channel,
): Conversation | null {
  return account.conversations.get(idOf(account, profileId, channel)) ?? null
}

/** All channels, the most recently used first. */
export function conversationsOf(account: Account, profileId: string): Conversation[] {
  return (['sms', 'whatsapp'] as const)
    .map((channel) => findConversation(account, profileId, channel))
    .filter((conversation) => conversation !== null)
    .sort((a, b) => b.lastInboundAt - a.lastInboundAt)
}

/** Notes an inbound text: replies go out from the number that was texted last. */
export function noteInbound(
  account: Account,
  profile: Profile,
  { channel, brandNumber, at }: { channel: Channel; brandNumber: string; at: number },
): Conversation {
  const known = findConversation(account, profile.id, channel)
  if (known !== null) {
    known.brandNumber = brandNumber
    known.lastInboundAt = at
    return known
  }
  const id = idOf(account, profile.id, channel)
  const made = { id, profileId: profile.id, channel, brandNumber, lastInboundAt: at }
  account.conversations.set(id, made)
  return made
}

/** What campaigns and flows go out from: the number for the phone's region, else the first. */
export function defaultSender(account: Account, phoneNumber: string): string {
  const region = regionOf(phoneNumber)
  const regional = account.numbers.find(({ regions }) => region && regions.includes(region))
  return (regional ?? account.numbers[0])?.number ?? ''
}

function idOf(account: Account, profileId: string, channel: Channel): string {
  return stableId(26, 'conversation', account.id, profileId, channel)
}
