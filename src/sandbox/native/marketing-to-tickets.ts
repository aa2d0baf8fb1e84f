import type { OutboundText } from '../klaviyo/texts/messages.ts'
import type { CurrentTickets } from './current-ticket.ts'
import { isSynced } from './installation.ts'
import { type Mark, toMetadata } from './mark.ts'
import { ownActor } from './own-user.ts'
import type { NativeParts } from './parts.ts'

/**
 * Shows campaign and flow texts on the customer's ticket while it is neither solved nor closed.
 * Replies of the Klaviyo Inbox are not synced; of automated responses nothing is said. Whether a
 * campaign makes tickets of its own is not known [?], so it makes none.
 * https://help.klaviyo.com/hc/en-us/articles/115005253728
 */
export function createMarketingToTickets(parts: NativeParts, current: CurrentTickets) {
  const { zendesk, doubts, installations } = parts

  return function onSent(text: OutboundText): void {
    const { account, profile, channel, from: number } = text
    if (text.origin !== 'campaign' && text.origin !== 'flow') return
    if (!isSynced(installations.find(account.id), channel) || isBranded(text)) return
    const record = current.find({ profile, channel, number })
    if (record === null || record.ticket.status === 'solved') return

    const whose = { account: account.id, profile: profile.id, channel }
    const mark: Mark = { origin: 'marketing', ...whose, number: null }
    zendesk.operations.change({
      record,
      patch: {},
      comment: { body: text.body, public: doubts.marketingComment() === 'public' },
      actor: ownActor(parts),
      metadata: toMetadata(mark),
    })
  }
}

/** Messages of a branded sender never show. */
function isBranded({ account, from }: OutboundText): boolean {
  return account.numbers.some(({ number, kind }) => number === from && kind === 'alpha')
}
