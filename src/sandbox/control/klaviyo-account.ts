import { Hono } from 'hono'
import { z } from 'zod'
import type { KlaviyoEmulator } from '../klaviyo/app.ts'
import type { Account } from '../klaviyo/entities.ts'
import { namesOfMetric } from '../klaviyo/events/metrics.ts'
import type { Segment } from '../klaviyo/groups/segment.ts'
import type { Audience } from '../klaviyo/texts/marketing.ts'
import { chooseAccount, readControlBody, refuseControl, toControlEvent } from './klaviyo-answers.ts'

const GRANTS = z.object({
  conversations: z.boolean().optional(),
  webhooks: z.boolean().optional(),
  account: z.string().optional(),
})

const TO = z
  .union([
    z.string(),
    z.array(z.string()),
    z.object({
      numbers: z.array(z.string()).optional(),
      count: z.number().int().min(0).max(100_000).optional(),
    }),
  ])
  .optional()

const CAMPAIGN = z.object({
  name: z.string().min(1),
  body: z.string().min(1),
  to: TO,
  excludeSegment: z.string().nullish(),
  account: z.string().optional(),
})

const FLOW_MESSAGE = z.object({
  flowName: z.string().min(1),
  body: z.string().min(1),
  to: TO,
  account: z.string().optional(),
})

/** What happens inside the Klaviyo account, and what it holds. */
export function klaviyoAccountRoutes(klaviyo: KlaviyoEmulator): Hono {
  const { store, marketing, switches } = klaviyo
  const app = new Hono()

  app.get('/control/events', (c) => {
    const name = c.req.query('metric')
    const id = c.req.query('account')
    const accounts = store.accounts().filter((account) => id === undefined || account.id === id)
    const events = accounts.flatMap((account) => {
      const metricIds = [...account.metrics.values()]
        .filter((metric) => name === undefined || namesOfMetric(metric).includes(name))
        .map((metric) => metric.id)
      const found = account.events.select({ metricIds })
      return found.map((event) => toControlEvent(account, event, switches))
    })
    return c.json(events)
  })

  app.post('/control/campaigns', async (c) => {
    const read = await readControlBody(c, CAMPAIGN)
    if (!read.ok) return read.answer
    const { name, body, to, excludeSegment } = read.value
    const account = chooseAccount(store, read.value.account)
    if (account === null) return refuseControl(c, 404, 'there is no such account')
    const campaign = { account, name, body, to: toAudience(to) }
    if (!excludeSegment) return c.json({ sent: marketing.sendCampaign(campaign) })
    const excluded = findSegment(account, excludeSegment)
    if (excluded === null) return refuseControl(c, 404, `no segment is called ${excludeSegment}`)
    return c.json({ sent: marketing.sendCampaign({ ...campaign, excluded }) })
  })

  app.post('/control/flows/messages', async (c) => {
    const read = await readControlBody(c, FLOW_MESSAGE)
    if (!read.ok) return read.answer
    const { flowName: name, body, to } = read.value
    const account = chooseAccount(store, read.value.account)
    if (account === null) return refuseControl(c, 404, 'there is no such account')
    return c.json({ sent: marketing.sendFlowMessage({ account, name, body, to: toAudience(to) }) })
  })

  app.put('/control/grants', async (c) => {
    const read = await readControlBody(c, GRANTS)
    if (!read.ok) return read.answer
    const { account: id, conversations, webhooks } = read.value
    const accounts = store.accounts().filter((account) => id === undefined || account.id === id)
    for (const { grants } of accounts) {
      grants.conversations = conversations ?? grants.conversations
      grants.webhooks = webhooks ?? grants.webhooks
    }
    return c.json(accounts.map(({ id, grants }) => ({ account: id, ...grants })))
  })

  return app
}

/** By its id or its name. */
function findSegment({ segments }: Account, wanted: string): Segment | null {
  const found = [...segments.values()].find(({ id, name }) => id === wanted || name === wanted)
  return found ?? null
}

function toAudience(to: z.infer<typeof TO>): Audience {
  if (to === undefined) return { kind: 'everyone' }
  if (typeof to === 'string') return { kind: 'numbers', numbers: [to] }
  if (Array.isArray(to)) return { kind: 'numbers', numbers: to }
  if (to.numbers !== undefined) return { kind: 'numbers', numbers: to.numbers }
  return to.count === undefined ? { kind: 'everyone' } : { kind: 'count', count: to.count }
}
