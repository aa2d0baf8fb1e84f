import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import { openOutbound } from '../app.ts'
import type { Config } from '../config.ts'
import { type Applied, applyBridge } from '../connections/apply-bridge.ts'
import { patientOutbound } from '../connections/patient-outbound.ts'
import type { BridgeFile } from '../connections/settings.ts'
import { systemClock } from '../follow-clock.ts'
import type { Result } from '../kernel/result.ts'
import type { Database } from '../open-database.ts'
import { openSeal } from '../open-seal.ts'

/** Applies a bridge's file on an open database, with a door of its own to the platforms. */
export async function applyFile(
  config: Config,
  database: Database,
  file: BridgeFile,
  options: { readonly isDryRun: boolean },
): Promise<Result<Applied, readonly string[]>> {
  const outbound = openOutbound(config)
  const clock = systemClock
  const seal = await openSeal(config, database.db)
  const newSecret = () => randomBytes(32).toString('hex')
  const deps = { ...database, ...config, ...options, seal, clock, newId: v7, newSecret }
  try {
    const patient = patientOutbound(outbound, clock)
    return await applyBridge({ ...deps, outbound: patient, failpoint: () => undefined }, file)
  } finally {
    await outbound.close()
  }
}
