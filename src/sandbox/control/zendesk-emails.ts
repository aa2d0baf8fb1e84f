import { Hono } from 'hono'
import type { ZendeskEmulator } from '../zendesk/app.ts'

/** What Zendesk's rules sent, and the hourly run that changes tickets. */
export function zendeskEmailRoutes(zendesk: ZendeskEmulator): Hono {
  const app = new Hono()
  app.get('/control/emails', (c) => c.json(zendesk.store.emails))
  app.post('/control/run-automations', (c) => c.json({ changed: zendesk.runAutomations() }))
  return app
}
