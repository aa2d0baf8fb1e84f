import { listAccounts } from '../db/connection-store.ts'
import type { Tx } from '../db/records.ts'
import type { BridgeId } from '../kernel/ids.ts'
import type { Found } from './reach-accounts.ts'

/**
 * Why a bridge may not be led to these accounts. What a bridge remembers of tickets and customers is
 * true in its accounts alone: led elsewhere, it could text one account's customers from the tickets of
 * another. And two bridges between the same two accounts would make two tickets of each text.
 */
export async function accountClashes(
  deps: { readonly db: Tx },
  name: string,
  id: BridgeId | null,
  found: Found,
): Promise<readonly string[]> {
  const zendesk = found.zendesk.discovered.accountId
  const klaviyo = found.klaviyo.discovered.accountId
  const accounts = await listAccounts(deps.db)
  const own = accounts.find((account) => account.bridgeId === id)
  const twin = accounts.find(
    (other) => other.bridgeId !== id && other.zendesk === zendesk && other.klaviyo === klaviyo,
  )
  return [
    ...(own === undefined ? [] : moved('zendesk', name, own.zendesk, zendesk)),
    ...(own === undefined ? [] : moved('klaviyo', name, own.klaviyo, klaviyo)),
    ...(twin === undefined
      ? []
      : [
          `name: the bridge ${twin.name} already joins these two accounts; apply it under that name`,
        ]),
  ]
}

function moved(platform: string, name: string, from: string, to: string): readonly string[] {
  if (from === to) return []
  return [
    `${platform}: the bridge ${name} belongs to the account ${from}, not ${to}; another account is another bridge, give it another name`,
  ]
}
