import { ulid } from '../../core/ids.ts'
import type { Account, Profile } from '../entities.ts'
import type { EventRecorder } from '../events/event-recorder.ts'
import { getBuiltInMetric } from '../events/metrics.ts'
import { changeConsent } from './consent.ts'

type SmsConsentChange = {
  readonly account: Account
  readonly profile: Profile
  readonly status: 'SUBSCRIBED' | 'UNSUBSCRIBED'
  readonly at: number
  /** Imported: the consent is older, and says nothing. */
  readonly isHistorical: boolean
}

/**
 * Changes SMS marketing consent as the API's jobs do, with the event of the change. The `method` that
 * the profile then shows is not documented for them; `API` [?].
 */
export function applyConsentJob(events: EventRecorder, change: SmsConsentChange): void {
  const { account, profile, status, at, isHistorical } = change
  if (!changeConsent(profile, 'sms', { status, at, method: 'API' }) || isHistorical) return
  const kind = status === 'SUBSCRIBED' ? 'subscribed' : 'unsubscribed'
  events.record({
    account,
    profile,
    metric: getBuiltInMetric(account, kind),
    at,
    uniqueId: ulid(at),
    properties: { Method: 'API' },
  })
}
