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

  app.get('/control/clock', (c) => c.json(clockNow()))
  app.post('/control/clock', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    const { advanceMs } = body
    if (typeof advanceMs !== 'number' || !(advanceMs >= 0)) {
      return refuseControl(c, badControl('advanceMs must be a number of milliseconds, 0 or more'))
    }
    world.clock.advance(advanceMs)
    return c.json(clockNow())
  })
  const clockNow = () => ({
    now: new Date(world.clock.now()).toISOString(),
    offsetMs: world.clock.offsetMs(),
  })

  app.on(['POST', 'PUT'], '/control/faults', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    const rule = parseFaultRule(body)
    if (isControlProblem(rule)) return refuseControl(c, rule)
    world.faults.add(rule)
    return c.json({ faults: world.faults.list() }, 201)
  })
  app.get('/control/faults', (c) => c.json({ faults: world.faults.list() }))
  app.delete('/control/faults', (c) => {
    world.faults.clear()
    return c.body(null, 204)
  })

  app.post('/control/webhooks', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    const { platform } = body
    if (!isPlatform(platform)) return refuseControl(c, UNKNOWN_PLATFORM)
    const behaviour = parseWebhookBehaviour(body)
    if (typeof behaviour === 'string') return refuseControl(c, badControl(behaviour))
    world.webhooks[platform].setBehaviour(behaviour)
    return c.json({ platform, ...behaviour })
  })

  app.put('/control/limits', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    if (typeof body.enabled !== 'boolean') {
      return refuseControl(c, badControl('enabled must be true or false'))
    }
    world.limits.setEnabled(body.enabled)
    return c.json({ enabled: world.limits.enabled() })
  })

  app.get('/control/settings', (c) => c.json({ settings: world.settings.list() }))
  app.put('/control/settings', async (c) => {
    const body = await readControlBody(c)
    if (isControlProblem(body)) return refuseControl(c, body)
    const complaint = setAll(body)
    if (complaint !== null) return refuseControl(c, badControl(complaint))
    return c.json({ settings: world.settings.list() })
  })

  function setAll(wanted: ControlBody): string | null {
    for (const [name, value] of Object.entries(wanted)) {
      const complaint = world.settings.set(name, value)
      if (complaint !== null) return complaint
    }
    return null
  }

  app.get('/control/calls', (c) => {
    const platform = c.req.query('platform')
    if (platform !== undefined && !isPlatform(platform)) return refuseControl(c, UNKNOWN_PLATFORM)
    const calls = world.calls.list(platform)
    return c.json(calls)
  })
  app.delete('/control/calls', (c) => {
    world.calls.clear()
    return c.body(null, 204)
  })

  app.post('/control/reset', (c) => {
    reset()
    return c.json({ reset: true })
  })

  return app
}

const UNKNOWN_PLATFORM = badControl('platform must be "zendesk" or "klaviyo"')
