import type { Account, Conversation, Profile } from '../entities.ts'
import type { Switches } from '../switches/switches.ts'
import { defaultSender } from './conversations.ts'
import type { Messages } from './messages.ts'

export type Reply = {
  readonly account: Account
  readonly profile: Profile
  readonly conversation: Conversation
  readonly body: string
}

/**
 * Sends one message of a conversation, whoever wrote it: the API or someone in the Klaviyo Inbox.
 * It goes out from the number that the profile texted last on the channel [I].
 */
export function sendReply(
  { messages, switches }: { readonly messages: Messages; readonly switches: Switches },
  { account, profile, conversation, body }: Reply,
): void {
  const from =
    switches.replyNumber() === 'last_texted'
      ? conversation.brandNumber
      : defaultSender(account, profile.phoneNumber ?? '')
  const { channel } = conversation
  messages.send({ account, profile, channel, from, body, origin: 'conversation' })
}
