import { openOutbound } from '../app.ts'
import type { Config } from '../config.ts'
import { applyFile } from '../connections/apply-file.ts'
import type { Joined } from '../connections/join-bridge.ts'
import type { BridgeFile } from '../connections/settings.ts'
import { systemClock } from '../follow-clock.ts'
import type { Result } from '../kernel/result.ts'
import type { Database } from '../open-database.ts'
import { openSeal } from '../open-seal.ts'
import { setUpDeps } from '../open-set-up.ts'

/** Applies a bridge's file on an open database, with a door of its own to the platforms. */
export async function applyBridgeFile(
  config: Config,
  database: Database,
  file: BridgeFile,
  options: { readonly isDryRun: boolean },
): Promise<Result<Joined, readonly string[]>> {
  const outbound = openOutbound(config)
  const seal = await openSeal(config, database.db)
  const failpoint = () => undefined
  try {
    const deps = setUpDeps(config, { ...database, outbound, seal, clock: systemClock, failpoint })
    return await applyFile(deps, file, options)
  } finally {
    await outbound.close()
  }
}
