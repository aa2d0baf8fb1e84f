import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../../kernel/instant.ts'
import { TOLERANCE_MS, verifyZendeskDelivery } from './verify.ts'

/** Zendesk's static secret for test requests; the first two vectors are zendesk-go's (MIT). */
const SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='
const USER_EVENT =
  '{\n\t"type": "zen:event-type:user.group_membership_created",\n\t"account_id": 12514403,\n\t"id": "6b9bbadf-5725-4e92-bebe-7b71011bf5f1",\n\t"subject": "zen:user:6596848315901",\n\t"time": "2099-07-04T05:33:18Z",\n\t"zendesk_event_version": "2022-06-20",\n\t"detail": {\n\t\t"created_at": "2099-07-04T05:27:58Z",\n\t\t"default_group_id": "0",\n\t\t"email": "user.name@example.com",\n\t\t"external_id": "",\n\t\t"id": "6596848315901",\n\t\t"organization_id": "0",\n\t\t"role": "end-user",\n\t\t"updated_at": "2099-07-04T05:33:18Z"\n\t},\n\t"event": { "group": { "id": "1" } }\n}\n'
const TRIGGER =
  '{\n\t"type": "End User Comment",\n\t"ticketID": "12345",\n\t"priority": "Normal",\n\t"tags": "new",\n\t"groupID": "9000",\n\t"assigneeID": "9001",\n\t"assigneeEmail": "kren@example.com"\n}\n'
const PLAIN = '{"event":"ticket.updated","id":123}'
const PLAIN_AT = '2021-03-25T05:09:27Z'
const PLAIN_SIGNATURE = 'S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM='

function verify(
  given: { signature?: string | null; timestamp?: string | null; body?: string | Buffer },
  secrets: readonly string[] = [SECRET],
  lateMs = 0,
) {
  const { signature = PLAIN_SIGNATURE, timestamp = PLAIN_AT, body = PLAIN } = given
  const headers = new Map([
    ['x-zendesk-webhook-signature', signature],
    ['x-zendesk-webhook-signature-timestamp', timestamp],
  ])
  return verifyZendeskDelivery(
    { headers: { get: (name) => headers.get(name) ?? null }, rawBody: Buffer.from(body) },
    secrets,
    instant(Date.parse(timestamp ?? '') + lateMs),
  )
}

describe('a signed delivery', () => {
  it.each([
    ['1234', USER_EVENT, '10IqYzYTLHRftNsNE+im0DeOM6/JactIRuy0XCHJ9B8='],
    ['1234', TRIGGER, 'PlxjkFT3fSnU9NWSRjLHP86izLX68auazS1Xo8ZfiZE='],
    [PLAIN_AT, PLAIN, PLAIN_SIGNATURE],
  ])('passes, as others computed it (%s)', (timestamp, body, signature) => {
    expect(verify({ timestamp, body, signature })).toEqual({ ok: true, value: body })
  })

  it('is checked over its bytes, also where they are no UTF-8', () => {
    const body = Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ])
    const signature = 'kSDS1xEbkxL+dCrTOv0I+FxN70pe0r+aS4Yf2fvu3B8='
    expect(verify({ body, signature, timestamp: '2026-07-15T12:00:00Z' }).ok).toBe(true)
  })

  it('passes under either secret while one is rotated', () => {
    expect(verify({}, ['another', SECRET]).ok).toBe(true)
  })
})

describe('a delivery that is not Zendesk’s', () => {
  it.each([
    ['no signature', { signature: null }, 'missing_signature'],
    ['no timestamp', { timestamp: null }, 'missing_signature'],
    ['an unreadable timestamp', { timestamp: 'yesterday-ish' }, 'bad_timestamp'],
    ['an empty signature', { signature: '' }, 'bad_signature'],
    ['no padding', { signature: PLAIN_SIGNATURE.replace('=', '') }, 'bad_signature'],
    [
      'base64url',
      { signature: PLAIN_SIGNATURE.replaceAll('+', '-').replaceAll('/', '_') },
      'bad_signature',
    ],
    ['two values', { signature: `${PLAIN_SIGNATURE}, ${PLAIN_SIGNATURE}` }, 'bad_signature'],
    ['space around it', { signature: ` ${PLAIN_SIGNATURE}` }, 'bad_signature'],
    ['another body', { body: `${PLAIN} ` }, 'bad_signature'],
    ['another timestamp', { timestamp: '2021-03-25T05:09:28Z' }, 'bad_signature'],
  ] as const)('is refused: %s', (_, given, problem) => {
    expect(verify(given)).toEqual({ ok: false, problem })
  })

  it('is refused when no secret is known, and an empty secret is none', () => {
    const signature = createHmac('sha256', '')
      .update(PLAIN_AT + PLAIN)
      .digest('base64')
    expect(verify({}, [])).toEqual({ ok: false, problem: 'bad_signature' })
    expect(verify({ signature }, [''])).toEqual({ ok: false, problem: 'bad_signature' })
  })

  it('is refused for any changed byte', () => {
    fc.assert(
      fc.property(fc.nat(PLAIN.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const body = Buffer.from(PLAIN)
        body[index] = (body[index] ?? 0) ^ change
        expect(verify({ body })).toEqual({ ok: false, problem: 'bad_signature' })
      }),
    )
  })
})

describe('the age of a delivery', () => {
  it.each([
    [TOLERANCE_MS, true],
    [-TOLERANCE_MS, true],
    [TOLERANCE_MS + 1, false],
    [-TOLERANCE_MS - 1, false],
  ])('%i ms after signing passes: %s', (lateMs, passes) => {
    expect(verify({}, [SECRET], lateMs)).toMatchObject(passes ? { ok: true } : { problem: 'stale' })
  })
})
