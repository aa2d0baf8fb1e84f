import type { OpenAPIHono } from '@hono/zod-openapi'
import { pendingNames } from '../db/migrate.ts'
import type { Tx } from '../db/records.ts'
import { countJobs } from '../engine/parking.ts'
import type { Telemetry } from './telemetry.ts'
import { withinPatience } from './within-patience.ts'

export type HealthDeps = {
  readonly db: Tx
  readonly telemetry: Telemetry
  /** Whether this process's workers run, or are not wanted here. */
  readonly isEngineUp: () => boolean
}

/** `/healthz`: the process is up. `/readyz`: it can do its work, part by part. `/metrics`: Prometheus. */
export function mountHealth(app: OpenAPIHono, deps: HealthDeps): void {
  app.get('/healthz', (context) => context.json({ status: 'up' }))
  app.get('/readyz', async (context) => {
    const parts = await readiness(deps)
    const isReady = Object.values(parts).every((part) => part === 'ready')
    return context.json(parts, isReady ? 200 : 503)
  })
  app.get('/metrics', async (context) => {
    await gaugeJobs(deps)
    return context.body(await deps.telemetry.registry.metrics(), 200, {
      'content-type': deps.telemetry.registry.contentType,
    })
  })
}

/** Without a database the gauge is absent; the counters, which then matter most, are told all the same. */
async function gaugeJobs({ db, telemetry }: HealthDeps): Promise<void> {
  telemetry.jobs.reset()
  const counts = await withinPatience(countJobs(db)).catch(() => [])
  for (const { queue, state, count } of counts) telemetry.jobs.set({ queue, state }, count)
}

async function readiness(deps: HealthDeps): Promise<Readonly<Record<string, string>>> {
  const engine = deps.isEngineUp() ? 'ready' : 'stopped'
  try {
    const pending = await withinPatience(pendingNames(deps.db))
    return {
      database: 'ready',
      migrations: pending.length === 0 ? 'ready' : `${pending.length} to apply`,
      engine,
    }
  } catch {
    return { database: 'unreachable', migrations: 'unknown', engine }
  }
}
