import { Hono } from 'hono'
import { z } from 'zod'
import type { SandboxClock } from '../core/clock.ts'
import type { Account } from '../klaviyo/entities.ts'
import { stableId } from '../klaviyo/ids.ts'
import type { KlaviyoStore } from '../klaviyo/store.ts'
import { refuseControl } from './klaviyo-answers.ts'

const ACCOUNT = z.object({
  name: z.string().min(1),
  apiKey: z.string().min(1).optional(),
  numbers: z.array(z.string().min(1)).min(1).optional(),
  scopes: z.array(z.string().regex(/^[a-z-]+:(read|write)$/)).optional(),
})

/** `POST /control/accounts` for the platform `klaviyo`; other platforms are left to later routes. */
export function klaviyoNewAccountRoutes(store: KlaviyoStore, clock: SandboxClock): Hono {
  const app = new Hono()
  app.post('/control/accounts', async (c, next) => {
    const body: unknown = await c.req.json().catch(() => null)
    if (!KLAVIYO.safeParse(body).success) return next()
    const made = addKlaviyoAccount(store, body, clock.now())
    return typeof made === 'string' ? refuseControl(c, 400, made) : c.json(made)
  })
  return app
}

const KLAVIYO = z.object({ platform: z.literal('klaviyo') })

type NewKlaviyoAccount = {
  readonly id: string
  readonly name: string
  readonly apiKey: string
  readonly numbers: readonly string[]
}

/**
 * `{name, apiKey?, numbers?, scopes?}`: an account with its key, its built-in metrics and toll-free
 * numbers, and nobody in it. The key may do all unless scopes are named. Answers in words what is
 * wrong.
 */
export function addKlaviyoAccount(
  store: KlaviyoStore,
  given: unknown,
  now: number,
): NewKlaviyoAccount | string {
  const parsed = ACCOUNT.safeParse(given)
  if (!parsed.success) return parsed.error.issues.map(({ message }) => message).join('; ')
  const { name } = parsed.data
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '_')
  const apiKey = parsed.data.apiKey ?? `pk_sandbox_${slug}`
  const numbers = parsed.data.numbers ?? [`+1833555${1000 + store.accounts().length}`]

  const account: Account | string = store.addAccount(
    {
      id: stableId(6, 'account', name),
      name,
      privateKey: apiKey,
      ...(parsed.data.scopes === undefined ? {} : { scopes: parsed.data.scopes }),
      numbers: numbers.map((number) => ({ number, kind: 'toll_free', regions: ['US', 'CA'] })),
    },
    now,
  )
  return typeof account === 'string' ? account : { id: account.id, name, apiKey, numbers }
}
