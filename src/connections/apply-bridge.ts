import {
  activateBridge,
  findBridgeByName,
  listConnections,
  saveBridge,
  saveConnection,
} from '../db/bridge-store.ts'
import type { InTransaction } from '../db/records.ts'
import type { BridgeId } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { requestClientCredentialsToken } from '../zendesk/oauth.ts'
import type { KlaviyoFacts, ZendeskFacts } from './account-facts.ts'
import { type BridgeDeps, credentialsContext } from './bridges.ts'
import { klaviyoClients, zendeskClients } from './clients.ts'
import { type Discovered, discoverKlaviyo, discoverZendesk, unknownBrands } from './discover.ts'
import {
  type InstallDeps,
  installKlaviyoWebhook,
  installZendeskWebhook,
} from './install-webhooks.ts'
import { type BridgeFile, type BridgeSettings, notCarriedOut } from './settings.ts'
import { zendeskBaseUrl } from './zendesk-address.ts'

export type ApplyDeps = BridgeDeps &
  InstallDeps & {
    readonly inTransaction: InTransaction
    readonly platformHosts: readonly string[]
    readonly klaviyoApiUrl: string
    readonly newId: () => string
  }

/** What an application did, or with `isDryRun` would do, line by line. */
export type Applied = {
  readonly bridgeId: BridgeId | null
  readonly changes: readonly string[]
  readonly notices: readonly string[]
}

/**
 * Creates or changes a bridge from its file. Idempotent. Nothing is written before both accounts were
 * read and every name in the file was found; on failure every problem is named at once.
 */
export async function applyBridge(
  deps: ApplyDeps,
  file: BridgeFile,
  options: { readonly isDryRun: boolean },
): Promise<Result<Applied, readonly string[]>> {
  const found = await discover(deps, file)
  if (!found.ok) return found
  const { zendesk, klaviyo } = found.value
  const notices = notCarriedOut(file)
  const existing = await findBridgeByName(deps.db, file.name)
  const changes = await describeChanges(deps, file, existing, found.value)
  if (options.isDryRun)
    return ok({
      bridgeId: existing?.id ?? null,
      changes: [...changes, 'webhooks: checked and put right when applied'],
      notices,
    })

  const id = existing?.id ?? (deps.newId() as BridgeId)
  if (changes.length > 0) await save(deps, id, file, found.value)
  const installed = [
    await installZendeskWebhook(deps, id, file.name, zendesk.clients),
    await installKlaviyoWebhook(
      deps,
      id,
      file.name,
      klaviyo.discovered.facts.topics,
      klaviyo.clients,
    ),
  ]
  const failed = installed.flatMap((one) => (one.ok ? [] : [one.problem]))
  if (failed.length > 0) return err(failed)
  await activateBridge(deps.db, id, deps.clock.now())
  return ok({
    bridgeId: id,
    changes: [
      ...changes,
      ...installed.flatMap((one) => (one.ok && one.value.changed ? [one.value.says] : [])),
    ],
    notices,
  })
}

type Found = {
  readonly zendesk: {
    readonly baseUrl: string
    readonly clients: ReturnType<typeof zendeskClients>
    readonly discovered: Discovered<ZendeskFacts>
  }
  readonly klaviyo: {
    readonly clients: ReturnType<typeof klaviyoClients>
    readonly discovered: Discovered<KlaviyoFacts>
  }
}

async function discover(
  deps: ApplyDeps,
  file: BridgeFile,
): Promise<Result<Found, readonly string[]>> {
  const zendesk = await reachZendesk(deps, file)
  const clients = klaviyoClients({
    ...deps,
    baseUrl: deps.klaviyoApiUrl,
    apiKey: file.klaviyo.apiKey,
  })
  const klaviyo = await discoverKlaviyo(clients)
  if (zendesk.ok && klaviyo.ok) {
    const unknown = unknownBrands(file, zendesk.value.discovered.facts)
    return unknown.length > 0
      ? err(unknown)
      : ok({ zendesk: zendesk.value, klaviyo: { clients, discovered: klaviyo.value } })
  }
  return err([zendesk, klaviyo].flatMap((side) => (side.ok ? [] : [side.problem])))
}

async function reachZendesk(
  deps: ApplyDeps,
  file: BridgeFile,
): Promise<Result<Found['zendesk'], string>> {
  const address = zendeskBaseUrl(file.zendesk.url, deps.platformHosts)
  if (!address.ok) return err(`zendesk.url: ${address.problem}`)
  const baseUrl = address.value
  const { clientId, clientSecret } = file.zendesk
  const answer = await requestClientCredentialsToken({
    baseUrl,
    clientId,
    clientSecret,
    scope: 'read write',
    outbound: deps.outbound,
    now: deps.clock.now(),
  })
  if (!answer.ok) return err(`zendesk: ${tokenProblem(answer.problem)}`)
  const source = () => Promise.resolve(ok(answer.value.accessToken))
  const clients = zendeskClients({ ...deps, baseUrl, token: { current: source, renew: source } })
  const discovered = await discoverZendesk(clients, baseUrl)
  return discovered.ok ? ok({ baseUrl, clients, discovered: discovered.value }) : discovered
}

function tokenProblem(problem: ApiProblem): string {
  if (problem.kind === 'refused' || problem.kind === 'unauthorised')
    return `the OAuth client was refused (${problem.detail}): check clientId and clientSecret`
  return `it could not be reached (${problem.detail}): check zendesk.url and the network`
}

function settingsOf({
  zendesk: _zendesk,
  klaviyo: _klaviyo,
  ...settings
}: BridgeFile): BridgeSettings {
  return settings
}

async function describeChanges(
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
    ...(row.accountId === discovered.accountId
      ? []
      : [`${row.platform}: account ${row.accountId} → ${discovered.accountId}`]),
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

async function save(
  deps: ApplyDeps,
  id: BridgeId,
  file: BridgeFile,
  { zendesk, klaviyo }: Found,
): Promise<void> {
  const seal = (platform: 'zendesk' | 'klaviyo', credentials: object) =>
    deps.seal.seal(JSON.stringify(credentials), credentialsContext(id, platform))
  const { clientId, clientSecret } = file.zendesk
  await deps.inTransaction(async (tx) => {
    await saveBridge(tx, { id, name: file.name, settings: settingsOf(file) }, deps.clock.now())
    await saveConnection(tx, id, {
      platform: 'zendesk',
      baseUrl: zendesk.baseUrl,
      credentialsSealed: seal('zendesk', { clientId, clientSecret }),
      ...zendesk.discovered,
    })
    await saveConnection(tx, id, {
      platform: 'klaviyo',
      baseUrl: deps.klaviyoApiUrl,
      credentialsSealed: seal('klaviyo', { apiKey: file.klaviyo.apiKey }),
      ...klaviyo.discovered,
    })
  })
}
