import { ALL_SCOPES } from './api/operations.ts'
import { newCustomerAgent } from './customer-agent/agent.ts'
import type { Account, Automation, Profile, SendingNumber } from './entities.ts'
import { createEventStore } from './events/event-store.ts'
import { addBuiltInMetrics } from './events/metrics.ts'
import { createProfileStore } from './profiles/profile-store.ts'

export type AccountSeed = {
  /** The public API key, six characters. */
  readonly id: string
  readonly name: string
  readonly privateKey: string
  /** All scopes when none are given. */
  readonly scopes?: readonly string[]
  readonly numbers: readonly SendingNumber[]
  readonly subscribeKeywords?: readonly string[]
  readonly automations?: readonly Automation[]
}

type PrivateKey = { readonly account: Account; readonly scopes: ReadonlySet<string> }

/** All accounts of the emulated Klaviyo. */
export type KlaviyoStore = {
  /** A known id, key or sending number is a mistake, answered in words. */
  addAccount(seed: AccountSeed, now: number): Account | string
  /** A second key for an account, perhaps with fewer scopes. */
  addKey(accountId: string, key: string, scopes: readonly string[]): void
  accounts(): Account[]
  findAccount(id: string): Account | null
  findKey(key: string): PrivateKey | null
  findNumber(number: string): { account: Account; sender: SendingNumber } | null
  /** The profiles with that phone number, the first account's first. */
  findByPhone(phoneNumber: string): { account: Account; profile: Profile }[]
  clear(): void
}

export function createKlaviyoStore(): KlaviyoStore {
  const accounts = new Map<string, Account>()
  const keys = new Map<string, PrivateKey>()

  function findNumber(number: string) {
    for (const account of accounts.values()) {
      const sender = account.numbers.find((known) => known.number === number)
      if (sender !== undefined) return { account, sender }
    }
    return null
  }

  function complaintAbout(seed: AccountSeed): string | null {
    if (accounts.has(seed.id)) return `an account ${seed.id} exists`
    if (keys.has(seed.privateKey)) return 'that private key is taken'
    const taken = seed.numbers.find(({ number }) => findNumber(number) !== null)
    return taken === undefined ? null : `the number ${taken.number} belongs to another account`
  }

  return {
    addAccount(seed, now) {
      const complaint = complaintAbout(seed)
      if (complaint !== null) return complaint
      const account = createAccount(seed, now)
      accounts.set(account.id, account)
      keys.set(seed.privateKey, { account, scopes: new Set(seed.scopes ?? ALL_SCOPES) })
      return account
    },

    addKey(accountId, key, scopes) {
      const account = accounts.get(accountId)
      if (account !== undefined) keys.set(key, { account, scopes: new Set(scopes) })
    },

    accounts: () => [...accounts.values()],
    findAccount: (id) => accounts.get(id) ?? null,
    findKey: (key) => keys.get(key) ?? null,
    findNumber,

    findByPhone: (phoneNumber) =>
      [...accounts.values()].flatMap((account) => {
        const profile = account.profiles.find({ phoneNumber })
        return profile === null ? [] : [{ account, profile }]
      }),

    clear() {
      accounts.clear()
      keys.clear()
    },
  }
}

function createAccount(seed: AccountSeed, now: number): Account {
  const account: Account = {
    id: seed.id,
    name: seed.name,
    createdAt: now,
    numbers: seed.numbers,
    subscribeKeywords: seed.subscribeKeywords ?? ['JOIN'],
    automations: seed.automations ?? [],
    profiles: createProfileStore(),
    events: createEventStore(),
    metrics: new Map(),
    conversations: new Map(),
    webhooks: new Map(),
    flows: new Map(),
    customerAgent: newCustomerAgent(seed.id),
    agentConversations: new Map(),
    segments: new Map(),
    lists: new Map(),
    grants: { conversations: true, webhooks: true },
  }
  addBuiltInMetrics(account, now)
  return account
}
