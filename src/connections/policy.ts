import type { Policy } from '../conversations/conversation.ts'
import type { ZendeskBrandId } from '../kernel/ids.ts'
import { SECOND } from '../kernel/instant.ts'
import type { ZendeskFacts } from './account-facts.ts'
import type { BridgeSettings } from './settings.ts'

export function toPolicy(settings: BridgeSettings, facts: ZendeskFacts): Policy {
  const { sms } = settings
  const brandOf = (name: string | undefined) =>
    name === undefined ? null : (brandIds(facts, name)[0] ?? null)
  return {
    smsEnabled: sms.enabled,
    brandId: brandOf(sms.brand),
    tags: sms.tags,
    routes: sms.routes.map((route) => ({
      number: route.number,
      brandId: brandOf(route.brand),
      tags: route.tags,
    })),
    subscribeKeywords: sms.keywords.subscribe,
    automationKeywords: sms.keywords.automation,
    keywordHoldMs: sms.keywordHoldSeconds * SECOND,
  }
}

/** Brands by name, case aside. Checked when the bridge is applied, so an unknown one is a brand that was removed since. */
export function brandIds(facts: ZendeskFacts, name: string): readonly ZendeskBrandId[] {
  return facts.brands
    .filter((brand) => brand.name.toLowerCase() === name.toLowerCase())
    .map(({ id }) => id as ZendeskBrandId)
}
