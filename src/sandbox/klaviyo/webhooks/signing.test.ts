import { describe, expect, it } from 'vitest'
import { signDelivery, toHttpDate } from './signing.ts'

describe('a delivery is signed', () => {
  it('as the public test vector says', () => {
    const id = 'a8b890458b4bbfaa26d961471b83c101d6de23bd826e7e5173a15310985ec3cb'
    const rawBody = `{"data":[{"external_id":"4L3cwQae2TX","topic":"event:klaviyo.sent_sms"}],"meta":{"klaviyo_webhook_id":"${id}"}}`
    expect(signDelivery('klaviyo-test-secret', rawBody, 'Thu, 04 Jan 2024 18:05:25 GMT')).toBe(
      '5aa0e720d80b3a04ca04baf3c65cdfe31da57504af69fee8da29c35d45f0596b',
    )
  })

  it('at a time written as IMF-fixdate', () => {
    expect(toHttpDate(Date.UTC(2024, 0, 4, 18, 5, 25))).toBe('Thu, 04 Jan 2024 18:05:25 GMT')
  })
})
