import { describe, expect, it } from 'vitest'
import { signDelivery } from './signing.ts'

/** From the vendor's readers: aaronellington/zendesk-go (MIT) and a published Rust verifier. */
const TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='
const GROUP_MEMBERSHIP_BODY = [
  '{',
  '\t"type": "zen:event-type:user.group_membership_created",',
  '\t"account_id": 12514403,',
  '\t"id": "6b9bbadf-5725-4e92-bebe-7b71011bf5f1",',
  '\t"subject": "zen:user:6596848315901",',
  '\t"time": "2099-07-04T05:33:18Z",',
  '\t"zendesk_event_version": "2022-06-20",',
  '\t"detail": {',
  '\t\t"created_at": "2099-07-04T05:27:58Z",',
  '\t\t"default_group_id": "0",',
  '\t\t"email": "user.name@example.com",',
  '\t\t"external_id": "",',
  '\t\t"id": "6596848315901",',
  '\t\t"organization_id": "0",',
  '\t\t"role": "end-user",',
  '\t\t"updated_at": "2099-07-04T05:33:18Z"',
  '\t},',
  '\t"event": { "group": { "id": "1" } }',
  '}',
  '',
].join('\n')
const TRIGGER_BODY = [
  '{',
  '\t"type": "End User Comment",',
  '\t"ticketID": "12345",',
  '\t"priority": "Normal",',
  '\t"tags": "new",',
  '\t"groupID": "9000",',
  '\t"assigneeID": "9001",',
  '\t"assigneeEmail": "kren@example.com"',
  '}',
  '',
].join('\n')

describe('a signature', () => {
  it.each([
    ['a user event', '1234', GROUP_MEMBERSHIP_BODY, '10IqYzYTLHRftNsNE+im0DeOM6/JactIRuy0XCHJ9B8='],
    ['a trigger body', '1234', TRIGGER_BODY, 'PlxjkFT3fSnU9NWSRjLHP86izLX68auazS1Xo8ZfiZE='],
    [
      'a short body',
      '2021-03-25T05:09:27Z',
      '{"event":"ticket.updated","id":123}',
      'S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM=',
    ],
  ])('of %s equals the published one', (_what, timestamp, body, signature) => {
    expect(signDelivery(TEST_SECRET, timestamp, body)).toBe(signature)
  })
})
