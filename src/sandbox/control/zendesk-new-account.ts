import { Hono } from 'hono'
import { z } from 'zod'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import { badControl, refuseControl } from './control-request.ts'

const ACCOUNT = z.object({
  platform: z.literal('zendesk'),
  name: z.string().min(1),
  subdomain: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'subdomain must be small letters, digits and hyphens')
    .optional(),
  brands: z.array(z.string().min(1)).min(1).optional(),
  port: z.int().min(0).max(65_535).optional(),
})

const ZENDESK = z.object({ platform: z.literal('zendesk') })

/**
 * `POST /control/accounts` for the platform `zendesk`: an account with staff, fields and rules as
 * in the seed, and no tickets. It answers at `url`, and wherever the Host starts with its subdomain.
 */
export function zendeskNewAccountRoutes(zendesk: ZendeskEmulator): Hono {
  const app = new Hono()
  app.post('/control/accounts', async (c, next) => {
    const body: unknown = await c.req.json().catch(() => null)
    if (!ZENDESK.safeParse(body).success) return next()
    const parsed = ACCOUNT.safeParse(body)
    if (!parsed.success) {
      const words = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
      return refuseControl(c, badControl(words.join('; ')))
    }
    const { name, port = 0 } = parsed.data
    const subdomain = parsed.data.subdomain ?? toSubdomain(name)
    const brands = parsed.data.brands ?? [name]
    const made = await zendesk.accounts.add({ name, subdomain, brands }, port)
    if (typeof made === 'string') return refuseControl(c, badControl(made))
    return c.json({ name, subdomain, brands, url: made.url }, 201)
  })
  return app
}

function toSubdomain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
