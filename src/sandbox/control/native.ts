import { Hono } from 'hono'
import { z } from 'zod'
import type { KlaviyoStore } from '../klaviyo/store.ts'
import { choose, notInstalled } from '../native/choices.ts'
import { HAND_OFF_CHANNELS, type Installation } from '../native/installation.ts'
import type { NativeIntegration } from '../native/integration.ts'
import type { ZendeskStore } from '../zendesk/store.ts'
import { chooseAccount, readControlBody, refuseControl } from './klaviyo-answers.ts'

const CHANNELS = z.array(z.enum(HAND_OFF_CHANNELS))

const CHOICES = z.strictObject({
  metrics: z.boolean().optional(),
  sms: z.boolean().optional(),
  whatsapp: z.boolean().optional(),
  /** True: on all channels. */
  handOffs: z.union([z.boolean(), CHANNELS]).optional(),
  brands: z.union([z.literal('all'), z.array(z.string()).min(1)]).optional(),
  brand: z.string().optional(),
  account: z.string().optional(),
})

type Stores = { readonly zendesk: ZendeskStore; readonly klaviyo: KlaviyoStore }

/** The page of Klaviyo's own Zendesk integration: what each Klaviyo account has chosen there. */
export function nativeRoutes({ installations }: NativeIntegration, stores: Stores): Hono {
  const app = new Hono()

  app.get('/control/native', (c) => c.json({ installed: installations.list().map(show) }))

  app.put('/control/native', async (c) => {
    const read = await readControlBody(c, CHOICES)
    if (!read.ok) return read.answer
    const { account: id, handOffs, ...choices } = read.value
    const account = chooseAccount(stores.klaviyo, id)
    if (account === null) return refuseControl(c, 404, 'there is no such account')

    const current = installations.find(account.id) ?? notInstalled(account, stores.zendesk)
    const channels = typeof handOffs === 'boolean' ? allOrNone(handOffs) : handOffs
    const next = choose(current, { ...choices, handOffs: channels }, stores.zendesk)
    if (typeof next === 'string') return refuseControl(c, 400, next)
    installations.put(next)
    return c.json(show(next))
  })

  return app
}

function allOrNone(isOn: boolean) {
  return isOn ? HAND_OFF_CHANNELS : []
}

function show({ account, brands, brand, ...choices }: Installation) {
  const named = brands === 'all' ? brands : brands.map(({ name }) => name)
  return { account: account.id, ...choices, brands: named, brand: brand.name }
}
