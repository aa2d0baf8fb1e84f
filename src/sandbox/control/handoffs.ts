import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { noteHandedOver } from '../klaviyo/customer-agent.ts'
import type { Account, Profile } from '../klaviyo/entities.ts'
import type { KlaviyoStore } from '../klaviyo/store.ts'
import { HAND_OFF_CHANNELS } from '../native/installation.ts'
import type { NativeIntegration } from '../native/integration.ts'
import { refuse } from '../zendesk/errors.ts'
import { chooseAccount, readControlBody, refuseControl } from './klaviyo-answers.ts'

/** As the beta specification of Klaviyo's customer agent names them. */
const CATEGORIES = [
  'explicit-ask',
  'escalation-rule',
  'unintelligible-input',
  'bad-billing-state',
] as const

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
  category: z.enum(CATEGORIES),
  account: z.string().optional(),
})

type Visitor = Pick<z.infer<typeof HAND_OFF>, 'number' | 'email'>

/** Klaviyo's AI agent gives up and hands a conversation over. */
export function handOffRoutes(native: NativeIntegration, store: KlaviyoStore): Hono {
  const app = new Hono()

  app.post('/control/handoffs', async (c) => {
    const read = await readControlBody(c, HAND_OFF)
    if (!read.ok) return read.answer
    const { channel, transcript, account: id, ...visitor } = read.value
    const account = chooseAccount(store, id)
    if (account === null) return refuseControl(c, 404, 'there is no such account')
    const profile = findVisitor(account, visitor)
    if (profile === null) return refuseControl(c, 404, NOBODY)
    noteHandedOver(account, transcript)
    return answer(c, native.handOff({ account, profile, channel, transcript }), profile)
  })

  return app
}

/** On the web chat only shoppers who are signed in are handed off, so everybody has a profile. */
const NOBODY = 'no profile has this number or e-mail; shape one with PUT /control/profiles/{number}'

function findVisitor({ profiles }: Account, { number, email }: Visitor): Profile | null {
  return profiles.find({ email: email ?? null, phoneNumber: number ?? null })
}

function answer(
  c: Context,
  outcome: ReturnType<NativeIntegration['handOff']>,
  { id: profileId }: Profile,
): Response {
  switch (outcome.kind) {
    case 'ticket':
      return c.json({ ticketId: outcome.ticketId, profileId }, 201)
    case 'not_known':
      return refuseControl(c, 501, `not emulated: ${outcome.why}`)
    case 'problem':
      return refuse(c, outcome)
  }
}
