import { Hono } from 'hono'
import { z } from 'zod'
import type { KlaviyoEmulator } from '../klaviyo/app.ts'
import { noteHandedOver } from '../klaviyo/customer-agent/conversation.ts'
import { HAND_OFF_CATEGORIES } from '../klaviyo/customer-agent/turn.ts'
import type { Account, Profile } from '../klaviyo/entities.ts'
import { HAND_OFF_CHANNELS } from '../native/installation.ts'
import type { NativeIntegration } from '../native/integration.ts'
import { isProblem, refuse } from '../zendesk/api/errors.ts'
import { chooseAccount, readControlBody, refuseControl } from './klaviyo-answers.ts'

const HAND_OFF = z.object({
  number: z.string().optional(),
  email: z.string().optional(),
  channel: z.enum(HAND_OFF_CHANNELS),
  transcript: z
    .array(
      z.object({
        role: z.enum(['user', 'agent']),
        content: z.string().min(1),
        at: z.iso.datetime({ offset: true }),
      }),
    )
    .min(1),
  /** Why it gives up; that the ticket says so is not known, so it does not. */
  category: z.enum(HAND_OFF_CATEGORIES),
  account: z.string().optional(),
})

type Klaviyo = Pick<KlaviyoEmulator, 'store' | 'switches'>
type Visitor = Pick<z.infer<typeof HAND_OFF>, 'number' | 'email'>

/**
 * Klaviyo's AI agent gives up and hands a conversation over. That it did stands in Klaviyo whether or
 * not a helpdesk listens; no event and no webhook of it is known [?], so there is none.
 */
export function handOffRoutes(native: NativeIntegration, klaviyo: Klaviyo): Hono {
  const app = new Hono()

  app.post('/control/handoffs', async (c) => {
    const read = await readControlBody(c, HAND_OFF)
    if (!read.ok) return read.answer
    const { channel, transcript, account: id, ...visitor } = read.value
    const account = chooseAccount(klaviyo.store, id)
    if (account === null) return refuseControl(c, 404, 'there is no such account')
    const profile = findVisitor(account, visitor)
    if (profile === null) return refuseControl(c, 404, NOBODY)
    const status = klaviyo.switches.handedOffStatus()
    const { id: conversationId } = noteHandedOver(account, transcript, status)
    const outcome = native.handOff({ account, profile, channel, transcript })
    if (isProblem(outcome)) return refuse(c, outcome)
    const ticketId = outcome.kind === 'ticket' ? outcome.ticketId : null
    return c.json({ conversationId, profileId: profile.id, ticketId }, 201)
  })

  return app
}

/** On the web chat only shoppers who are signed in are handed off, so everybody has a profile. */
const NOBODY = 'no profile has this number or e-mail; shape one with PUT /control/profiles/{number}'

function findVisitor({ profiles }: Account, { number, email }: Visitor): Profile | null {
  return profiles.find({ email: email ?? null, phoneNumber: number ?? null })
}
