import type { WorkItem } from '../db/records.ts'
import type { BridgeContext } from './bridge-context.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { JobRun } from './parking.ts'

/** One run of one work item: who works, for which bridge, on what, holding which job. */
export type Run = {
  readonly deps: EngineDeps
  readonly bridge: BridgeContext
  readonly item: WorkItem
  readonly job: JobRun
}
