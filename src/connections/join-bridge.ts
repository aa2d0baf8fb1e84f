import { activateBridge, type BridgeRow, findBridgeByName, saveBridge } from '../db/bridge-store.ts'
import { withNamedLock } from '../db/named-lock.ts'
import type { BridgeId } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApplyDeps } from './apply-deps.ts'
import { bridgeClashes, sharedBrands } from './bridge-clashes.ts'
import { describeChanges } from './describe-changes.ts'
import { unknownBrands } from './discover.ts'
import { installKlaviyoWebhook } from './install-klaviyo-webhook.ts'
import { installZendeskWebhook } from './install-zendesk-webhook.ts'
import { keepConnection } from './keep-connection.ts'
import type { ReachedKlaviyo, ReachedZendesk } from './reached.ts'
import { type BridgeSettings, notCarriedOut } from './settings.ts'

/** What joining did, or with `isDryRun` would do, line by line. */
export type Joined = {
  readonly bridgeId: BridgeId
  readonly changes: readonly string[]
  readonly notices: readonly string[]
}

export type Join = {
  readonly settings: BridgeSettings
  readonly zendesk: ReachedZendesk
  readonly klaviyo: ReachedKlaviyo
  /** Only look, and say what would be done. */
  readonly isDryRun: boolean
}

/**
 * Makes the bridge of this name between two accounts that were reached, or changes it; then sees to
 * both accounts' webhooks. Idempotent. Nothing is written while anything is wrong, and all of it is named.
 */
export function joinBridge(
  deps: ApplyDeps,
  join: Join,
): Promise<Result<Joined, readonly string[]>> {
  // One at a time, whoever asks: two would make two of what is not there yet, at the platforms too.
  return deps.onSession((session) => withNamedLock(session, 'set-up', () => joinAlone(deps, join)))
}

async function joinAlone(deps: ApplyDeps, join: Join): Promise<Result<Joined, readonly string[]>> {
  const existing = await findBridgeByName(deps.db, join.settings.name)
  const wrong = [
    ...unknownBrands(join.settings, join.zendesk.discovered.facts),
    ...whyUnreachable(deps.publicUrl, join.zendesk.baseUrl),
    ...(await bridgeClashes(deps.db, join, existing)),
  ]
  if (wrong.length > 0) return err(wrong)
  const changes = await describeChanges(deps, join, existing)
  const id = existing?.id ?? (deps.newId() as BridgeId)
  if (!join.isDryRun) await save(deps, id, join)

  const installed = await install(deps, join)
  if (!installed.ok) return installed
  if (!join.isDryRun) await activateBridge(deps.db, id, deps.clock.now())
  const notices = [
    ...notCarriedOut(join.settings),
    ...(await sharedBrands(deps.db, join, existing)),
  ]
  return ok({ bridgeId: id, changes: [...changes, ...installed.value], notices })
}

async function save(deps: ApplyDeps, id: BridgeRow['id'], join: Join): Promise<void> {
  const { settings, zendesk, klaviyo } = join
  const now = deps.clock.now()
  await deps.inTransaction(async (tx) => {
    const zendeskId = await keepConnection(tx, deps.seal, zendesk, now)
    const klaviyoId = await keepConnection(tx, deps.seal, klaviyo, now)
    await saveBridge(tx, { id, name: settings.name, settings, zendeskId, klaviyoId }, now)
  })
}

/** Puts both webhooks right; answers what changed, or every problem. */
async function install(
  deps: ApplyDeps,
  { zendesk, klaviyo, isDryRun }: Join,
): Promise<Result<readonly string[], readonly string[]>> {
  const installed = [
    await installZendeskWebhook(deps, zendesk, { isDryRun }),
    await installKlaviyoWebhook(deps, klaviyo, { isDryRun }),
  ]
  const failed = installed.flatMap((one) => (one.ok ? [] : [one.problem]))
  if (failed.length > 0) return err(failed)
  return ok(installed.flatMap((one) => (one.ok && one.value.changed ? [one.value.says] : [])))
}

/** The platforms themselves can only deliver to a public https address; a sandbox to any. */
function whyUnreachable(publicUrl: string, zendeskUrl: string): readonly string[] {
  const isReal = new URL(zendeskUrl).hostname.endsWith('.zendesk.com')
  if (!isReal || publicUrl.startsWith('https://')) return []
  return [
    `PUBLIC_URL: the platforms cannot deliver to ${publicUrl}; set it to the https address under which they reach this service`,
  ]
}
