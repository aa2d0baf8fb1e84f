import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../../kernel/instant.ts'
import { NEWEST_MS, OLDEST_MS, verifyKlaviyoDelivery } from './verify.ts'

/** From an independent verifier's tests; timestamp and id are the documentation's own. */
const SECRET = 'klaviyo-test-secret'
const BODY =
  '{"data":[{"external_id":"4L3cwQae2TX","topic":"event:klaviyo.sent_sms"}],"meta":{"klaviyo_webhook_id":"a8b890458b4bbfaa26d961471b83c101d6de23bd826e7e5173a15310985ec3cb"}}'
const SIGNED_AT = 'Thu, 04 Jan 2024 18:05:25 GMT'
const SIGNATURE = '5aa0e720d80b3a04ca04baf3c65cdfe31da57504af69fee8da29c35d45f0596b'

function verify(
  given: { signature?: string | null; timestamp?: string | null; body?: string | Buffer },
  secrets: readonly string[] = [SECRET],
  lateMs = 0,
) {
  const { signature = SIGNATURE, timestamp = SIGNED_AT, body = BODY } = given
  const headers = new Map([
    ['klaviyo-signature', signature],
    ['klaviyo-timestamp', timestamp],
  ])
  return verifyKlaviyoDelivery(
    { headers: { get: (name) => headers.get(name) ?? null }, rawBody: Buffer.from(body) },
    secrets,
    instant(Date.parse(SIGNED_AT) + lateMs),
  )
}

describe('a signed delivery', () => {
  it('passes, as others computed it', () => {
    expect(verify({})).toEqual({ ok: true, value: BODY })
  })

  it('is checked over its bytes, also where they are no UTF-8', () => {
    const body = Buffer.concat([
      Buffer.from('{"a":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ])
    const signature = '60525ef4b875bd3c0896affd5345fd4f5237909b136b70acd8d6ac620276e00e'
    expect(verify({ body, signature }).ok).toBe(true)
  })

  it('passes under either secret while one is rotated', () => {
    expect(verify({}, ['another', SECRET]).ok).toBe(true)
  })
})

describe('a delivery that is not Klaviyo’s', () => {
  it.each([
    ['no signature', { signature: null }, 'missing_signature'],
    ['no timestamp', { timestamp: null }, 'missing_signature'],
    ['an unreadable timestamp', { timestamp: 'yesterday-ish' }, 'bad_timestamp'],
    ['upper-case hex', { signature: SIGNATURE.toUpperCase() }, 'bad_signature'],
    ['a prefix', { signature: `sha256=${SIGNATURE}` }, 'bad_signature'],
    ['two values', { signature: `${SIGNATURE}, ${SIGNATURE}` }, 'bad_signature'],
    ['the same time written otherwise', { timestamp: '2024-01-04T18:05:25Z' }, 'bad_signature'],
    ['another body', { body: `${BODY}\n` }, 'bad_signature'],
  ] as const)('is refused: %s', (_, given, problem) => {
    expect(verify(given)).toEqual({ ok: false, problem })
  })

  it('is refused when no secret is known', () => {
    expect(verify({}, [])).toEqual({ ok: false, problem: 'bad_signature' })
    expect(verify({}, [''])).toEqual({ ok: false, problem: 'bad_signature' })
  })

  it('is refused for any changed byte', () => {
    fc.assert(
      fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const body = Buffer.from(BODY)
        body[index] = (body[index] ?? 0) ^ change
        expect(verify({ body })).toEqual({ ok: false, problem: 'bad_signature' })
      }),
    )
  })
})

describe('the age of a delivery', () => {
  it.each([
    [OLDEST_MS, true],
    [OLDEST_MS + 1, false],
    [-NEWEST_MS, true],
    [-NEWEST_MS - 1, false],
  ])('%i ms after signing passes: %s', (lateMs, passes) => {
    expect(verify({}, [SECRET], lateMs)).toMatchObject(passes ? { ok: true } : { problem: 'stale' })
  })
})
