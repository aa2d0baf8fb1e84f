import { fine, type Judgement, problem, warning } from './judgement.ts'
import { APPLY_AGAIN } from './remedies.ts'

/** A platform's webhook as the platform shows it now. */
export type ShownWebhook = {
  readonly isOn: boolean
  /** Klaviyo cuts it short. */
  readonly endpoint: string
  readonly listensTo: readonly string[]
}

export type WebhookFacts = {
  readonly platform: 'Zendesk' | 'Klaviyo'
  /** Where it was told to deliver to when it was made or last put right; null when none was made. */
  readonly installedAt: string | null
  /** Where this service takes deliveries now. */
  readonly endpoint: string
  /** Null when the platform has it no more. */
  readonly shown: ShownWebhook | null
  readonly wanted: readonly string[]
  /** Whether a bridge uses the account; a webhook is made with its first. */
  readonly isUsed: boolean
}

const COSTS = {
  Zendesk: 'Answers do not become texts, and tickets no events. Texts still become tickets.',
  Klaviyo: 'Texts do not become tickets. Answers and events still go to Klaviyo.',
} as const

/** Whether the webhook is alive, and leads here with all that is needed. */
export function judgeWebhook(facts: WebhookFacts): Judgement {
  const { platform, shown, endpoint, installedAt } = facts
  const broken = (says: string, remedy = APPLY_AGAIN) =>
    problem({ says, remedy, without: COSTS[platform] })
  if (installedAt === null && !facts.isUsed)
    return fine('No bridge uses this account yet; its webhook is made with the first.')
  if (installedAt === null)
    return broken(`No webhook has been made in ${platform}, so it delivers nothing.`)
  if (shown === null) return broken(`${platform} has Replyline's webhook no more: it was deleted.`)
  if (!leadsTo(shown.endpoint, endpoint) || installedAt !== endpoint)
    return broken(
      `${platform}'s webhook leads to ${installedAt}, but PUBLIC_URL now makes it ${endpoint}.`,
      `Set PUBLIC_URL back if it changed by mistake. Else: ${APPLY_AGAIN}`,
    )
  if (!shown.isOn)
    return broken(
      `${platform}'s webhook is turned off.${platform === 'Klaviyo' ? ' Klaviyo does so after two days of failures; what it missed is not sent again.' : ''}`,
    )
  const missing = facts.wanted.filter((name) => !shown.listensTo.includes(name))
  if (missing.length === 0) return fine(`${platform}'s webhook is on and leads here.`)
  return warning({
    says: `${platform}'s webhook does not deliver ${missing.join(', ')}.`,
    remedy: APPLY_AGAIN,
    without: 'What it does deliver is handled; the rest never comes.',
  })
}

/** Whether an address that may have been cut short can be this one. */
function leadsTo(shown: string, whole: string): boolean {
  const start = shown.replace(/\/?(…|\.{3}|\*+).*$/, '')
  return !/^https?:/.test(start) || shown === whole || (start !== shown && whole.startsWith(start))
}
