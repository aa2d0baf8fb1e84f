import { activateBridge, findBridgeByName, saveBridge } from '../db/bridge-store.ts'
import { saveConnection } from '../db/connection-store.ts'
import type { InTransaction } from '../db/records.ts'
import type { BridgeId } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { type BridgeDeps, credentialsContext } from './bridges.ts'
import { describeChanges, settingsOf } from './describe-changes.ts'
import {
  type InstallDeps,
  installKlaviyoWebhook,
  installZendeskWebhook,
} from './install-webhooks.ts'
import { discover, type Found } from './reach-accounts.ts'
import { type BridgeFile, notCarriedOut } from './settings.ts'

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
