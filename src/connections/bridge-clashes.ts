import { type BridgeRow, listBridges } from '../db/bridge-store.ts'
import { findConnection } from '../db/connection-store.ts'
import type { Tx } from '../db/records.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import type { Join } from './join-bridge.ts'
import { type BridgeSettings, readBridgeSettings } from './settings.ts'

/**
 * Why a bridge may not be led to these accounts. What a bridge remembers of tickets and customers is
 * true in its accounts alone: led elsewhere, it could text one account's customers from the tickets of
 * another. And two bridges between the same two accounts would make two tickets of each text.
 */
export async function bridgeClashes(
  db: Tx,
  { settings, zendesk, klaviyo }: Join,
  existing: BridgeRow | null,
): Promise<readonly string[]> {
  const twin = (await listBridges(db)).find(
    (other) =>
      other.id !== existing?.id &&
      other.zendeskId === zendesk.connectionId &&
      other.klaviyoId === klaviyo.connectionId,
  )
  const moved = existing === null ? [] : await movedSides(db, existing, zendesk, klaviyo)
  return [
    ...moved.map(
      ([platform, from, to]) =>
        `${platform}: the bridge ${settings.name} belongs to the account ${from}, not ${to}; another account is another bridge, give it another name`,
    ),
    ...(twin === undefined
      ? []
      : [
          `name: the bridge ${twin.name} already joins these two accounts; apply it under that name`,
        ]),
  ]
}

async function movedSides(
  db: Tx,
  existing: BridgeRow,
  ...sides: readonly (Join['zendesk'] | Join['klaviyo'])[]
): Promise<readonly (readonly [string, string, string])[]> {
  const before: Record<string, ConnectionId> = {
    zendesk: existing.zendeskId,
    klaviyo: existing.klaviyoId,
  }
  const moved = await Promise.all(
    sides
      .filter(({ platform, connectionId }) => before[platform] !== connectionId)
      .map(async ({ platform, discovered }) => {
        const kept = await findConnection(db, before[platform] as ConnectionId)
        return [platform, kept?.accountId ?? 'before', discovered.accountId] as const
      }),
  )
  return moved
}

/**
 * What to say where several bridges of one Zendesk take the tickets of one brand: each tells its own
 * Klaviyo account of them. That may be wanted, but rarely is.
 */
export async function sharedBrands(
  db: Tx,
  { settings, zendesk }: Join,
  existing: BridgeRow | null,
): Promise<readonly string[]> {
  const neighbours = (await listBridges(db)).filter(
    (other) => other.zendeskId === zendesk.connectionId && other.name !== settings.name,
  )
  return neighbours
    .filter(({ id }) => id !== existing?.id)
    .flatMap((other) => {
      const shared = sharedBy(settings, readBridgeSettings(other.settings))
      return shared === null
        ? []
        : [
            `tickets.brands: the bridge ${other.name} also tells its Klaviyo account of ${shared}; choose one bridge per brand unless that is wanted`,
          ]
    })
}

function sharedBy(one: BridgeSettings, other: BridgeSettings): string | null {
  const [a, b] = [one.tickets.brands, other.tickets.brands]
  if (a === 'all') return b === 'all' ? 'all brands' : b.join(', ')
  if (b === 'all') return a.join(', ')
  const names = b.map((name) => name.toLowerCase())
  const both = a.filter((name) => names.includes(name.toLowerCase()))
  return both.length === 0 ? null : both.join(', ')
}
