import { afterEach, describe, expect, it } from 'vitest'
import type { ProfileId } from '../kernel/ids.ts'
import { createProfiles } from './profiles.ts'
import { type ScriptedKlaviyo, startKlaviyo } from './testing/scripted-klaviyo.ts'

let klaviyo: ScriptedKlaviyo

async function start(...given: Parameters<typeof startKlaviyo>) {
  klaviyo = await startKlaviyo(...given)
  return klaviyo.transport
}

afterEach(() => klaviyo.close())

const marketing = {
  can_receive_sms_marketing: true,
  consent: 'SUBSCRIBED',
  consent_timestamp: '2026-07-01T10:00:00+00:00',
  method: 'TEXT',
  method_detail: 'JOIN',
}

function profile(
  changes: object = {},
  conversations: unknown = { data: [{ type: 'conversation', id: 'c1' }] },
) {
  return {
    type: 'profile',
    id: '01GDDK',
    attributes: {
      email: null,
      phone_number: '+15005550006',
      first_name: 'Sarah',
      subscriptions: { sms: { marketing } },
      ...changes,
    },
    relationships: { conversations },
  }
}

const included = [
  { type: 'conversation', id: 'c1', attributes: { channel: 'sms' } },
  { type: 'list', id: 'l1' },
]

describe('a profile', () => {
  it('comes with consent and conversations in one call', async () => {
    const transport = await start(() => ({ status: 200, body: { data: profile(), included } }))
    expect(await createProfiles(transport).get('01GDDK' as ProfileId)).toEqual({
      ok: true,
      value: {
        id: '01GDDK',
        email: null,
        phoneNumber: '+15005550006',
        firstName: 'Sarah',
        lastName: null,
        smsMarketing: {
          consent: 'SUBSCRIBED',
          canReceive: true,
          method: 'TEXT',
          methodDetail: 'JOIN',
          consentAt: Date.UTC(2026, 6, 1, 10),
        },
        conversations: [{ id: 'c1', channel: 'sms' }],
      },
    })
    expect(klaviyo.sentQuery()).toEqual({
      'additional-fields[profile]': 'subscriptions',
      include: 'conversations',
    })
  })

  it.each([
    [{ subscriptions: undefined }, null],
    [{ subscriptions: { sms: {} } }, null],
    [{ subscriptions: { sms: { marketing: { ...marketing, consent: 'PERHAPS' } } } }, null],
    [
      { subscriptions: { sms: { marketing: { consent: 'NEVER_SUBSCRIBED' } } } },
      {
        consent: 'NEVER_SUBSCRIBED',
        canReceive: false,
        method: null,
        methodDetail: null,
        consentAt: null,
      },
    ],
  ])('with %j has consent %j', async (changes, smsMarketing) => {
    const transport = await start(() => ({ status: 200, body: { data: profile(changes) } }))
    const got = await createProfiles(transport).get('01GDDK' as ProfileId)
    expect(got).toMatchObject({ value: { smsMarketing, conversations: [] } })
  })

  it('keeps its conversations when the relationship is left out', async () => {
    const transport = await start(() => ({
      status: 200,
      body: { data: profile({}, null), included },
    }))
    const got = await createProfiles(transport).get('01GDDK' as ProfileId)
    expect(got).toMatchObject({ value: { conversations: [{ id: 'c1' }] } })
  })

  it('is found by number or address, or not at all', async () => {
    const transport = await start((_, count) => ({
      status: 200,
      body: { data: count === 1 ? [profile()] : [] },
    }))
    const profiles = createProfiles(transport)
    expect(await profiles.findByPhone('+15005550006')).toMatchObject({ value: { id: '01GDDK' } })
    expect(await profiles.findByEmail('a"b\\c@d.e')).toEqual({ ok: true, value: null })
    expect(klaviyo.sentQuery(0).filter).toBe('equals(phone_number,"+15005550006")')
    expect(klaviyo.sentQuery(1).filter).toBe('equals(email,"a\\"b\\\\c@d.e")')
  })
})
