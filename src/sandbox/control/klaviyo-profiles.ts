import { Hono } from 'hono'
import { z } from 'zod'
import type { SandboxClock } from '../core/clock.ts'
import type { KlaviyoEmulator } from '../klaviyo/app.ts'
import { changeConsent, toSubscriptions } from '../klaviyo/consent/consent.ts'
import type { Account, Profile } from '../klaviyo/entities.ts'
import { conversationsOf, findConversation } from '../klaviyo/texts/conversations.ts'
import { parsePhoneNumber } from '../klaviyo/texts/phone-numbers.ts'
import {
  chooseAccount,
  findPerson,
  readControlBody,
  refuseControl,
  toControlEvent,
} from './klaviyo-answers.ts'

const PROFILE = z.object({
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  externalId: z.string().nullish(),
  smsConsent: z.enum(['SUBSCRIBED', 'UNSUBSCRIBED', 'NEVER_SUBSCRIBED']).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
})

type Shape = z.infer<typeof PROFILE>

/** Shapes a person before a story, and shows what Klaviyo holds of them. No events are sent. */
export function klaviyoProfileRoutes(klaviyo: KlaviyoEmulator, clock: SandboxClock): Hono {
  const { store, switches } = klaviyo
  const app = new Hono()

  function show({ account, profile }: { account: Account; profile: Profile }) {
    const whatsapp = findConversation(account, profile.id, 'whatsapp')
    const events = account.events.select({ profileId: profile.id })
    return {
      id: profile.id,
      account: account.id,
      email: profile.email,
      phone_number: profile.phoneNumber,
      external_id: profile.externalId,
      ...profile.traits,
      properties: profile.properties,
      subscriptions: toSubscriptions(profile, whatsapp, clock.now()),
      conversations: conversationsOf(account, profile.id).map(({ id, channel, brandNumber }) => ({
        id,
        channel,
        brandNumber,
      })),
      events: events.map((event) => toControlEvent(account, event, switches)),
    }
  }

  app.get('/control/profiles/:number', (c) => {
    const number = c.req.param('number')
    const person = findPerson(store, number, c.req.query('account'))
    if (person === null) return refuseControl(c, 404, `no profile has the number ${number}`)
    return c.json(show(person))
  })

  app.put('/control/profiles/:number', async (c) => {
    const number = c.req.param('number')
    const read = await readControlBody(c, PROFILE)
    if (!read.ok) return read.answer
    if (parsePhoneNumber(number) === null) return refuseControl(c, 400, `${number} is not E.164`)
    const account = chooseAccount(store, c.req.query('account'))
    if (account === null) return refuseControl(c, 404, 'there is no such account')

    const known = account.profiles.find({ phoneNumber: number })
    const rival = read.value.email ? account.profiles.find({ email: read.value.email }) : null
    if (rival !== null && rival !== known) {
      return refuseControl(c, 400, `another profile has the e-mail ${read.value.email}`)
    }
    const profile = known ?? account.profiles.create({ phoneNumber: number }, clock.now())
    shape(account, profile, read.value, clock.now())
    return c.json(show({ account, profile }))
  })

  return app
}

function shape(account: Account, profile: Profile, given: Shape, at: number): void {
  const { email, externalId, firstName, lastName, smsConsent, properties } = given
  if (email !== undefined) account.profiles.identify(profile, { email })
  if (externalId !== undefined) account.profiles.identify(profile, { externalId })
  if (firstName !== undefined) profile.traits.first_name = firstName
  if (lastName !== undefined) profile.traits.last_name = lastName
  profile.properties = { ...profile.properties, ...properties }
  profile.updatedAt = at
  if (smsConsent === undefined) return
  const isSubscribed = smsConsent === 'SUBSCRIBED'
  changeConsent(profile, 'sms', {
    status: smsConsent,
    at,
    method: isSubscribed ? 'TEXT' : null,
    methodDetail: isSubscribed ? (account.subscribeKeywords[0] ?? '') : '',
  })
}
