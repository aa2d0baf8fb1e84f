import type { OpenAPIHono } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import type { DoctorDeps } from '../../doctor/doctor-deps.ts'
import { runDoctor } from '../../doctor/run-doctor.ts'
import type { Progress } from '../../doctor/run-lanes.ts'
import { toIso } from '../../kernel/instant.ts'
import { postDoctor } from './doctor-contract.ts'

export type DoctorApiDeps = { readonly doctor: DoctorDeps }

/** `POST /doctor`: the findings as they come. Who leaves early misses the rest; nothing is kept. */
export function mountDoctor(api: OpenAPIHono, { doctor }: DoctorApiDeps): void {
  api.openAPIRegistry.registerPath(postDoctor)
  api.post('/doctor', (context) => {
    context.header('content-type', 'application/x-ndjson')
    context.header('cache-control', 'no-store')
    context.header('x-accel-buffering', 'no')
    return stream(context, async (lines) => {
      const write = (line: Progress | Done) => void lines.write(`${JSON.stringify(line)}\n`)
      await runDoctor(doctor, null, write)
      write({ kind: 'done', at: toIso(doctor.realClock.now()) })
    })
  })
}

type Done = { readonly kind: 'done'; readonly at: string }
