import type { SandboxClock } from '../../core/clock.ts'
import { meetsConditions } from '../conditions/meets-conditions.ts'
import { changeConsent } from '../consent/consent.ts'
import type { Account, Profile } from '../entities.ts'
import type { Segment } from '../groups/segment.ts'
import { defaultSender } from './conversations.ts'
import { campaignLabels, flowLabels } from './marketing-labels.ts'
import type { Messages } from './messages.ts'

export type Audience =
  | { readonly kind: 'numbers'; readonly numbers: readonly string[] }
  /** So many subscribers; further ones are made up when the account has fewer. */
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'everyone' }

type MarketingSend = {
  readonly account: Account
  readonly name: string
  readonly body: string
  readonly to: Audience
  /** Whoever belongs to it now gets nothing. */
  readonly excluded?: Segment
}

/** Answers how many texts went out; profiles that are not subscribed are left out. */
export type Marketing = {
  sendCampaign(campaign: MarketingSend): number
  sendFlowMessage(flow: MarketingSend): number
}

export function createMarketing(parts: {
  readonly clock: SandboxClock
  readonly messages: Messages
}): Marketing {
  const { clock, messages } = parts

  function send(
    { account, body, to, excluded }: MarketingSend,
    origin: 'campaign' | 'flow',
    labels: Record<string, string>,
  ): number {
    const now = clock.now()
    const groups = excluded?.groups
    const recipients = findRecipients(account, to, now).filter(
      (profile) => groups === undefined || !meetsConditions({ account, profile, now }, groups),
    )
    for (const profile of recipients) {
      const from = defaultSender(account, profile.phoneNumber ?? '')
      messages.send({ account, profile, channel: 'sms', from, body, origin, labels })
    }
    return recipients.length
  }

  return {
    sendCampaign: (campaign) =>
      send(campaign, 'campaign', campaignLabels(campaign.name, clock.now())),
    sendFlowMessage: (flow) => send(flow, 'flow', flowLabels(flow.account, flow.name)),
  }
}

function findRecipients(account: Account, to: Audience, now: number): Profile[] {
  if (to.kind === 'numbers') {
    return to.numbers
      .map((phoneNumber) => account.profiles.find({ phoneNumber }))
      .filter((profile) => profile !== null)
      .filter(isSubscriber)
  }
  const subscribers = account.profiles.list().filter(isSubscriber)
  if (to.kind === 'everyone') return subscribers
  for (let serial = 0; subscribers.length < to.count; serial += 1) {
    const invented = inventSubscriber(account, serial, now)
    if (invented !== null) subscribers.push(invented)
  }
  return subscribers.slice(0, to.count)
}

function isSubscriber(profile: Profile): boolean {
  return profile.phoneNumber !== null && profile.consent.sms.status === 'SUBSCRIBED'
}

/** Null when the number is somebody's already. */
function inventSubscriber(account: Account, serial: number, now: number): Profile | null {
  const phoneNumber = `+1312${5_000_000 + serial}`
  if (account.profiles.find({ phoneNumber }) !== null) return null
  const profile = account.profiles.create({ phoneNumber }, now)
  const method = { method: 'TEXT', methodDetail: 'JOIN' }
  changeConsent(profile, 'sms', { status: 'SUBSCRIBED', at: now, ...method })
  return profile
}
