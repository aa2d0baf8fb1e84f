import type { EngineDeps } from './engine-deps.ts'
import { QUEUES } from './queue.ts'
import { runWorkItem } from './run-work-item.ts'
import { createSweep } from './sweep.ts'
import { startWorker } from './worker.ts'

export type Engine = {
  wake(): void
  /** Takes no more work, and waits for what runs. */
  stop(): Promise<void>
}

const SLOTS = { live: 32, metrics: 16 } as const
/** Of those, how many one connection may take: a platform that hangs leaves slots for the others. */
const SLOTS_PER_GROUP = { live: 12, metrics: 8 } as const
const SWEEP_EVERY_MS = 30_000

/** Starts the workers of this process. `deps.wake` may be called before; it then does nothing. */
export function startEngine(deps: EngineDeps): Engine {
  const onError = (error: unknown) => deps.log.warn({ err: error }, 'the worker met an error')
  const workers = QUEUES.map((queue) =>
    startWorker({
      ...{ boss: deps.boss, db: deps.db, queue },
      slots: SLOTS[queue],
      slotsPerGroup: SLOTS_PER_GROUP[queue],
      run: (run) => runWorkItem(deps, run),
      onError,
      onClaim: (seconds) => deps.onClaim(queue, seconds),
    }),
  )
  const sweep = createSweep(deps)
  const sweeper = setInterval(() => {
    sweep().then((found) => {
      if (found > 0) deps.log.warn({ found }, 'work items without a job were given one')
    }, onError)
  }, SWEEP_EVERY_MS)

  return {
    wake() {
      for (const worker of workers) worker.wake()
    },
    async stop() {
      clearInterval(sweeper)
      await Promise.all(workers.map((worker) => worker.stop()))
    },
  }
}
