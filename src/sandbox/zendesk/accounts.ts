import type { World } from '../world.ts'
import { laterAccount, NORDLYS, type ZendeskAccount } from './account.ts'
import type { ZendeskDoubts } from './doubts.ts'
import { createEmulatedAccount, type EmulatedAccount } from './emulated-account.ts'

type NewAccount = Pick<ZendeskAccount, 'name' | 'subdomain' | 'brands'>

/** Opens a further address at which an account answers; resolves to its origin. */
type OpenAddress = (account: EmulatedAccount, port: number) => Promise<Address>
type Address = { readonly url: string; close(): Promise<void> }

export type LaterAccounts = {
  /** Whose host this is: `<subdomain>.` and anything, or the address it was given; null: nobody's. */
  at(host: string): EmulatedAccount | null
  all(): readonly EmulatedAccount[]
  /** Adds an account at an address of its own. Answers in words why not. Port 0 takes any free one. */
  add(account: NewAccount, port: number): Promise<{ readonly url: string } | string>
  /** How addresses are opened; without it accounts are told apart by their subdomain alone. */
  openWith(open: OpenAddress): void
  clear(): void
}

/** The accounts beside the seeded one, told apart by Host. */
export function createLaterAccounts(world: World, doubts: ZendeskDoubts): LaterAccounts {
  const bySubdomain = new Map<string, EmulatedAccount>()
  const addresses: Address[] = []
  let open: OpenAddress | null = null
  /** Never goes back, so that ids are never used again. */
  let lastIndex = NORDLYS.index

  function clear(): void {
    bySubdomain.clear()
    for (const address of addresses.splice(0)) void address.close()
  }

  async function add(given: NewAccount, port: number): Promise<{ url: string } | string> {
    const { subdomain } = given
    if (subdomain === NORDLYS.subdomain || bySubdomain.has(subdomain))
      return `there is already an account called ${subdomain}`
    lastIndex += 1
    const account = createEmulatedAccount(world, doubts, laterAccount(given, lastIndex))
    bySubdomain.set(subdomain, account)
    if (open === null) return { url: `http://${subdomain}.localhost` }
    try {
      const address = await open(account, port)
      addresses.push(address)
      return { url: address.url }
    } catch (error) {
      bySubdomain.delete(subdomain)
      return `port ${port} cannot be used: ${error instanceof Error ? error.message : error}`
    }
  }

  return {
    at: (host) => bySubdomain.get(host.split(/[.:]/)[0] ?? '') ?? null,
    all: () => [...bySubdomain.values()],
    add,
    openWith(given) {
      open = given
    },
    clear,
  }
}
