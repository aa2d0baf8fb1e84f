import { call } from './call.ts'
import type { AccountGrants } from './host.ts'
import type { Doubt } from './world.ts'

/** What goes wrong from now on; each call is one of the control API. */

export type PlatformName = 'zendesk' | 'klaviyo'

/** Without a method all calls; `times` calls fail, then none. */
export type AskedFault = {
  readonly platform: PlatformName
  readonly match: { readonly method?: string }
  readonly times: number
  readonly fault: Readonly<Record<string, unknown>>
}

export const addFault = (fault: AskedFault) => call('POST', '/control/faults', fault)
export const removeFaults = () => call('DELETE', '/control/faults')

/** What is not named is well again. */
export type Manners = {
  readonly duplicate?: number
  readonly reorder?: number
  readonly drop?: number
  readonly forge?: number
  readonly delayMs?: number
}

export const setManners = (platform: PlatformName, manners: Manners) =>
  call('POST', '/control/webhooks', { platform, ...manners })

export const setLimits = (enabled: boolean) => call('PUT', '/control/limits', { enabled })

export const setGrants = (
  account: string,
  grants: Partial<Pick<AccountGrants, 'conversations' | 'webhooks'>>,
) => call('PUT', '/control/grants', { account, ...grants })

export const setDoubt = (name: string, value: Doubt['value']) =>
  call('PUT', '/control/settings', { [name]: value })

export type NativeChoices = {
  readonly metrics?: boolean
  readonly sms?: boolean
  readonly whatsapp?: boolean
  readonly handOffs?: boolean
}

export const setNative = (account: string, choices: NativeChoices) =>
  call('PUT', '/control/native', { account, ...choices })

/** Nothing goes wrong any more, and every doubt is as it was. What was sent meanwhile stays sent. */
export async function setAllRight(
  grants: readonly AccountGrants[],
  doubts: readonly Doubt[],
): Promise<void> {
  await removeFaults()
  await Promise.all([setManners('zendesk', {}), setManners('klaviyo', {}), setLimits(true)])
  for (const { account } of grants)
    await setGrants(account, { conversations: true, webhooks: true })
  const defaults = doubts.map((doubt) => [doubt.name, doubt.default])
  await call('PUT', '/control/settings', Object.fromEntries(defaults))
}
