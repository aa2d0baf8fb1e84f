import { readFile } from 'node:fs/promises'
import type { Config } from '../../config.ts'
import { readBridgeFile } from '../../connections/read-bridge-file.ts'
import { findBridgeByName } from '../../db/bridge-store.ts'
import { removeBridge } from '../../db/remove-bridge.ts'
import type { Sandbox } from '../../sandbox/start.ts'
import { applyBridgeFile } from '../apply-bridge-file.ts'
import { withDatabase } from '../with-database.ts'

const BRIDGE_FILE = new URL('../../../examples/bridge.yaml', import.meta.url).pathname

/** The name of the bridge in `examples/bridge.yaml`. */
export const BRIDGE_NAME = 'nordlys'

/**
 * Makes the bridge of `examples/bridge.yaml` between the sandbox's accounts. The sandbox begins anew
 * each time, so the bridge of an earlier demo is removed with all it remembers. Answers what was done.
 */
export async function makeBridge(settings: Config, sandbox: Sandbox): Promise<readonly string[]> {
  const file = readBridgeFile(await readFile(BRIDGE_FILE, 'utf8'), {
    SANDBOX_ZENDESK_URL: sandbox.zendeskUrl,
  })
  if (!file.ok) throw new Error(file.problem.join('; '))
  const applied = await withDatabase(settings, async (database) => {
    const earlier = await findBridgeByName(database.db, file.value.name)
    if (earlier !== null) await removeBridge(database.inTransaction, earlier.id)
    return applyBridgeFile(settings, database, file.value, { isDryRun: false })
  })
  if (!applied.ok) throw new Error(applied.problem.join('; '))
  return [...applied.value.changes, ...applied.value.notices]
}
