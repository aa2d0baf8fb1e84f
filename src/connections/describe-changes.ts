import { listConnections } from '../db/connection-store.ts'
import type { BridgeId } from '../kernel/ids.ts'
import type { ApplyDeps } from './apply-deps.ts'
import type { Found } from './reach-accounts.ts'
import { credentialsContext } from './sealed-contexts.ts'
import type { BridgeFile, BridgeSettings } from './settings.ts'

export function settingsOf({
  zendesk: _zendesk,
  klaviyo: _klaviyo,
  ...settings
}: BridgeFile): BridgeSettings {
  return settings
}

export async function describeChanges(
  deps: ApplyDeps,
  file: BridgeFile,
  existing: { id: BridgeId; settings: unknown } | null,
  found: Found,
): Promise<readonly string[]> {
  if (existing === null)
    return [
      `bridge ${file.name} made: ${found.zendesk.discovered.accountName} and ${found.klaviyo.discovered.accountName}`,
    ]
  const before = existing.settings as Record<string, unknown>
  const after = settingsOf(file) as unknown as Record<string, unknown>
  const settings = Object.keys(after)
    .filter((key) => !sameJson(before[key], after[key]))
    .map((key) => `${key}: ${JSON.stringify(before[key])} → ${JSON.stringify(after[key])}`)
  const connections = await listConnections(deps.db, existing.id)
  return [
    ...settings,
    ...connections.flatMap((row) => connectionChanges(deps, existing.id, file, found, row)),
  ]
}

function connectionChanges(
  deps: ApplyDeps,
  id: BridgeId,
  file: BridgeFile,
  found: Found,
  row: Awaited<ReturnType<typeof listConnections>>[number],
): readonly string[] {
  const { discovered } = found[row.platform]
  const wanted =
    row.platform === 'zendesk'
      ? { clientId: file.zendesk.clientId, clientSecret: file.zendesk.clientSecret }
      : { apiKey: file.klaviyo.apiKey }
  const kept: unknown = JSON.parse(
    deps.seal.open(row.credentialsSealed, credentialsContext(id, row.platform)),
  )
  return [
    ...(sameJson(kept, wanted) && row.state === 'ready'
      ? []
      : [`${row.platform}: credentials changed`]),
    ...(sameJson(row.facts, discovered.facts)
      ? []
      : [`${row.platform}: brands, fields or topics of the account read again`]),
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
