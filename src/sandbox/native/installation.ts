import type { Account, Channel } from '../klaviyo/entities.ts'
import type { Brand } from '../zendesk/entities/account.ts'

/** Where the AI agent talks to people; each has a destination of its own for hand-offs. */
export const HAND_OFF_CHANNELS = ['web-chat', 'email', 'sms', 'whatsapp'] as const

export type HandOffChannel = (typeof HAND_OFF_CHANNELS)[number]

/** What one Klaviyo account has chosen on the page of its Zendesk integration. */
export type Installation = {
  readonly account: Account
  readonly metrics: boolean
  readonly sms: boolean
  readonly whatsapp: boolean
  readonly handOffs: readonly HandOffChannel[]
  /** Whose tickets become events. */
  readonly brands: 'all' | readonly Brand[]
  /** Under which texts and hand-offs become tickets. */
  readonly brand: Brand
}

/** Which Klaviyo accounts have installed the integration, and how. Nothing is installed at first. */
export type Installations = {
  find(accountId: string): Installation | null
  put(installation: Installation): void
  list(): Installation[]
  clear(): void
}

export function createInstallations(): Installations {
  const byAccount = new Map<string, Installation>()
  return {
    find: (accountId) => byAccount.get(accountId) ?? null,
    put: (installation) => byAccount.set(installation.account.id, installation),
    list: () => [...byAccount.values()],
    clear: () => byAccount.clear(),
  }
}

/** Whether conversations on the channel become tickets. */
export function isSynced(installation: Installation | null, channel: Channel): boolean {
  return installation?.[channel] ?? false
}
