import type { BridgeRow } from '../db/bridge-store.ts'
import { findConnection } from '../db/connection-store.ts'
import type { ApplyDeps } from './apply-deps.ts'
import type { Join } from './join-bridge.ts'
import { credentialsContext } from './sealed-contexts.ts'

/** What joining would change, line by line; nothing when all is as the settings say. */
export async function describeChanges(
  deps: ApplyDeps,
  join: Join,
  existing: BridgeRow | null,
): Promise<readonly string[]> {
  const { settings, zendesk, klaviyo } = join
  if (existing === null)
    return [
      `bridge ${settings.name} made: ${zendesk.discovered.accountName} and ${klaviyo.discovered.accountName}`,
    ]
  const before = existing.settings as Record<string, unknown>
  const changed = Object.entries(settings)
    .filter(([key, value]) => !sameJson(before[key], value))
    .map(([key, value]) => `${key}: ${JSON.stringify(before[key])} → ${JSON.stringify(value)}`)
  return [
    ...changed,
    ...(await connectionChanges(deps, zendesk)),
    ...(await connectionChanges(deps, klaviyo)),
  ]
}

async function connectionChanges(
  deps: ApplyDeps,
  { platform, connectionId, discovered, authorisation }: Join['zendesk'] | Join['klaviyo'],
): Promise<readonly string[]> {
  const row = await findConnection(deps.db, connectionId)
  if (row === null) return [`${platform}: ${discovered.accountName} connected`]
  const kept: unknown = JSON.parse(
    deps.seal.open(row.credentialsSealed, credentialsContext(connectionId)),
  )
  const isSame =
    authorisation === null || (sameJson(kept, authorisation.credentials) && row.state === 'ready')
  return [
    ...(isSame ? [] : [`${platform}: credentials changed`]),
    ...(sameJson(row.facts, discovered.facts)
      ? []
      : [`${platform}: brands, fields or topics of the account read again`]),
  ]
}

/** Equal whatever the order of keys, which PostgreSQL's `jsonb` does not keep. */
function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? 'undefined'
  )
}
