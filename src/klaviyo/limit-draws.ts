import { burstAndSteady, type Draw } from '../outbound/limiter.ts'

/** Calls a second and a minute, of one account; an OAuth app has a quota of its own. */
type Tier = readonly [perSecond: number, perMinute: number]

const XS: Tier = [1, 15]
const S: Tier = [3, 60]
const M: Tier = [10, 150]
const L: Tier = [75, 700]
const XL: Tier = [350, 3_500]

/**
 * By Klaviyo's operation id, as `x-klaviyo-ratelimit` of revision 2026-07-15 says; where page and spec
 * differ (L: 700 or 750 a minute), the smaller.
 * https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling
 */
const TIERS: Readonly<Record<string, Tier>> = {
  create_conversation_message: S,
  create_event: XL,
  create_webhook: XS,
  delete_webhook: XS,
  get_accounts: XS,
  get_conversations_for_profile: S,
  get_event: M,
  get_events: XL,
  get_metrics: M,
  get_profile: L,
  get_profiles: L,
  get_webhook_topics: XS,
  get_webhooks: XS,
  update_webhook: XS,
}

/** What one call of an operation draws; one that is not in the table counts as the smallest tier. */
export function klaviyoDraws(operation: string): readonly Draw[] {
  const [perSecond, perMinute] = (Object.hasOwn(TIERS, operation) ? TIERS[operation] : null) ?? XS
  return burstAndSteady(operation, perSecond, perMinute)
}
