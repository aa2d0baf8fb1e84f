import { activateBridge, findBridgeByName, saveBridge } from '../db/bridge-store.ts'
import { saveConnection } from '../db/connection-store.ts'
import type { BridgeId } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { accountClashes } from './account-clashes.ts'
import type { ApplyDeps } from './apply-deps.ts'
import { describeChanges, settingsOf } from './describe-changes.ts'
import { installKlaviyoWebhook, installZendeskWebhook } from './install-webhooks.ts'
import { discover, type Found } from './reach-accounts.ts'
import { credentialsContext } from './sealed-contexts.ts'
import { type BridgeFile, notCarriedOut } from './settings.ts'

/** What an application did, or with `isDryRun` would do, line by line. */
export type Applied = {
  readonly bridgeId: BridgeId
  readonly changes: readonly string[]
  readonly notices: readonly string[]
}

/**
 * Creates or changes a bridge from its file. Idempotent. Nothing is written before both accounts were
 * read and every name in the file was found; on failure every problem is named at once. With
 * `isDryRun` all is read and compared, and nothing written.
 */
export async function applyBridge(
  deps: ApplyDeps,
  file: BridgeFile,
): Promise<Result<Applied, readonly string[]>> {
  const found = await discover(deps, file)
  if (!found.ok) return found
  const unreachable = whyUnreachable(deps.publicUrl, found.value.zendesk.baseUrl)
  if (unreachable !== null) return err([unreachable])
  const existing = await findBridgeByName(deps.db, file.name)
  const clashes = await accountClashes(deps, file.name, existing?.id ?? null, found.value)
  if (clashes.length > 0) return err(clashes)
  const changes = await describeChanges(deps, file, existing, found.value)
  const id = existing?.id ?? (deps.newId() as BridgeId)
  if (changes.length > 0 && !deps.isDryRun) await save(deps, id, file, found.value)

  const installed = await install(deps, id, file.name, found.value)
  if (!installed.ok) return installed
  if (!deps.isDryRun) await activateBridge(deps.db, id, deps.clock.now())
  const notices = notCarriedOut(file)
  return ok({ bridgeId: id, changes: [...changes, ...installed.value], notices })
}

/** Puts both webhooks right; answers what changed, or every problem. */
async function install(
  deps: ApplyDeps,
  id: BridgeId,
  name: string,
  { zendesk, klaviyo }: Found,
): Promise<Result<readonly string[], readonly string[]>> {
  const { topics } = klaviyo.discovered.facts
  const installed = [
    await installZendeskWebhook(deps, id, name, zendesk.clients),
    await installKlaviyoWebhook(deps, id, name, topics, klaviyo.clients),
  ]
  const failed = installed.flatMap((one) => (one.ok ? [] : [one.problem]))
  if (failed.length > 0) return err(failed)
  return ok(installed.flatMap((one) => (one.ok && one.value.changed ? [one.value.says] : [])))
}

/** The platforms themselves can only deliver to a public https address; a sandbox to any. */
function whyUnreachable(publicUrl: string, zendeskUrl: string): string | null {
  const isReal = new URL(zendeskUrl).hostname.endsWith('.zendesk.com')
  if (!isReal || publicUrl.startsWith('https://')) return null
  return `PUBLIC_URL: the platforms cannot deliver to ${publicUrl}; set it to the https address under which they reach this service`
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
