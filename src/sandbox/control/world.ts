import { Hono } from 'hono'
import { isPlatform } from '../core/platform.ts'
import { parseWebhookBehaviour } from '../core/webhook-behaviour.ts'
import type { World } from '../world.ts'
import {
  badControl,
  type ControlBody,
  isControlProblem,
  readControlBody,
  refuseControl,
} from './control-request.ts'
import { parseFaultRule } from './fault-request.ts'

/** What concerns both platforms: time, faults, deliveries, limits, doubts, calls and the reset. */
export function worldRoutes(world: World, { reset }: { reset(): void }): Hono {
  const app = new Hono()
  for (const add of [addClock, addFaults, addDeliveries, addLimits, addSettings, addCalls]) {
    add(app, world)
  }
  app.post('/control/reset', (c) => {
    reset()
    return c.json({ reset: true })
  })
  return app
}

function addClock(app: Hono, { clock }: World): void {
  const now = () => ({ now: new Date(clock.now()).toISOString(), offsetMs: clock.offsetMs() })
  app.get('/control/clock', (c) => c.json(now()))
  app.post('/control/clock', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    const { advanceMs } = body
    if (typeof advanceMs !== 'number' || !(advanceMs >= 0)) {
      return refuseControl(c, badControl('advanceMs must be a number of milliseconds, 0 or more'))
    }
    clock.advance(advanceMs)
    return c.json(now())
  })
}

function addFaults(app: Hono, { faults }: World): void {
  app.on(['POST', 'PUT'], '/control/faults', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    const rule = parseFaultRule(body)
    if (isControlProblem(rule)) return refuseControl(c, rule)
    faults.add(rule)
    return c.json({ faults: faults.list() }, 201)
  })
  app.get('/control/faults', (c) => c.json({ faults: faults.list() }))
  app.delete('/control/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })
}

function addDeliveries(app: Hono, { webhooks }: World): void {
  app.post('/control/webhooks', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    const { platform } = body
    if (!isPlatform(platform)) return refuseControl(c, UNKNOWN_PLATFORM)
    const behaviour = parseWebhookBehaviour(body)
    if (typeof behaviour === 'string') return refuseControl(c, badControl(behaviour))
    webhooks[platform].setBehaviour(behaviour)
    return c.json({ platform, ...behaviour })
  })
}

function addLimits(app: Hono, { limits }: World): void {
  app.put('/control/limits', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    if (typeof body.enabled !== 'boolean') {
      return refuseControl(c, badControl('enabled must be true or false'))
    }
    limits.setEnabled(body.enabled)
    return c.json({ enabled: limits.enabled() })
  })
}

function addSettings(app: Hono, { settings }: World): void {
  app.get('/control/settings', (c) => c.json({ settings: settings.list() }))
  app.put('/control/settings', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    const complaint = setAll(settings, body)
    if (complaint !== null) return refuseControl(c, badControl(complaint))
    return c.json({ settings: settings.list() })
  })
}

function setAll(settings: World['settings'], wanted: ControlBody): string | null {
  for (const [name, value] of Object.entries(wanted)) {
    const complaint = settings.set(name, value)
    if (complaint !== null) return complaint
  }
  return null
}

function addCalls(app: Hono, { calls }: World): void {
  app.get('/control/calls', (c) => {
    const platform = c.req.query('platform')
    if (platform !== undefined && !isPlatform(platform)) return refuseControl(c, UNKNOWN_PLATFORM)
    return c.json(calls.list(platform))
  })
  app.delete('/control/calls', (c) => {
    calls.clear()
    return c.body(null, 204)
  })
}

const UNKNOWN_PLATFORM = badControl('platform must be "zendesk" or "klaviyo"')
