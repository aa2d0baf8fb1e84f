import { Hono } from 'hono'
import { z } from 'zod'
import type { KlaviyoEmulator } from '../klaviyo/app.ts'
import { conversationsOf } from '../klaviyo/texts/conversations.ts'
import { parsePhoneNumber } from '../klaviyo/texts/phone-numbers.ts'
import { FAILURE_TYPES } from '../klaviyo/texts/phones.ts'
import { sendReply } from '../klaviyo/texts/replies.ts'
import { findPerson, readControlBody, refuseControl } from './klaviyo-answers.ts'

const CHANNEL = z.enum(['sms', 'whatsapp'])

/** `media` is taken and not kept: no property of inbound media is public. */
const TEXT = z.object({
  to: z.string().min(1),
  body: z.string(),
  channel: CHANNEL.optional(),
  media: z.array(z.string()).optional(),
})

const FAILURE = z.object({
  type: z.enum(FAILURE_TYPES).nullable(),
  times: z.number().int().min(1).optional(),
})

const REPLY = z.object({
  number: z.string(),
  body: z.string().min(1),
  channel: CHANNEL.optional(),
  account: z.string().optional(),
})

/** What people do with their phones, and what is answered to them in the Klaviyo Inbox. */
export function klaviyoPhoneRoutes(klaviyo: KlaviyoEmulator): Hono {
  const { phones, phoneNetwork, store } = klaviyo
  const app = new Hono()

  app.post('/control/phones/:number/messages', async (c) => {
    const from = c.req.param('number')
    const read = await readControlBody(c, TEXT)
    if (!read.ok) return read.answer
    if (parsePhoneNumber(from) === null) return refuseControl(c, 400, `${from} is not E.164`)

    const { to, body, channel = 'sms' } = read.value
    const outcome = phoneNetwork.text({ from, to, body, channel })
    switch (outcome.kind) {
      case 'received':
        return c.json({ eventId: outcome.eventId, profileId: outcome.profileId })
      case 'unknown_number':
        return refuseControl(c, 400, `no account has the number ${to}`)
      case 'cannot_receive':
        return refuseControl(c, 400, `${to} is a branded sender, which cannot receive texts`)
    }
  })

  app.get('/control/phones/:number/messages', (c) => c.json(phones.messages(c.req.param('number'))))

  app.put('/control/phones/:number/failure', async (c) => {
    const read = await readControlBody(c, FAILURE)
    if (!read.ok) return read.answer
    const { type, times } = read.value
    phones.setFailure(c.req.param('number'), type, times)
    return c.json(failureOf(c.req.param('number')))
  })

  app.get('/control/phones/:number/failure', (c) => c.json(failureOf(c.req.param('number'))))

  function failureOf(number: string) {
    return { number, ...(phones.failureOf(number) ?? { type: null, times: null }) }
  }

  app.post('/control/inbox/replies', async (c) => {
    const read = await readControlBody(c, REPLY)
    if (!read.ok) return read.answer
    const { number, body, channel, account: accountId } = read.value
    const person = findPerson(store, number, accountId)
    if (person === null) return refuseControl(c, 404, `no profile has the number ${number}`)

    const { account, profile } = person
    const conversation = conversationsOf(account, profile.id).find(
      (each) => channel === undefined || each.channel === channel,
    )
    if (conversation === undefined) {
      return refuseControl(c, 400, `${number} has not texted yet, so there is no conversation`)
    }
    sendReply(klaviyo, { account, profile, conversation, body })
    return c.json({ conversationId: conversation.id, profileId: profile.id })
  })

  return app
}
