import { describe, expect, it } from 'vitest'
import type { ZendeskUserId } from '../../kernel/ids.ts'
import { ok } from '../../kernel/result.ts'
import type { ZendeskUser } from '../../zendesk/zendesk-user.ts'
import { noScope, refusedWith, unauthorised, unreachable } from '../testing/api-problems.ts'
import { judgeKlaviyoCredential, judgeZendeskCredential } from './credentials.ts'

const user = (change: Partial<ZendeskUser>) =>
  ok<ZendeskUser>({
    ...{ id: '7' as ZendeskUserId, name: 'Ada', email: null, phone: null, role: 'admin' },
    ...{ externalId: null, suspended: false, active: true },
    ...change,
  })

describe('what is kept for Zendesk', () => {
  it.each([
    ['an admin’s', user({}), 'ok'],
    ['an agent’s', user({ role: 'agent' }), 'warning'],
    ['an end user’s', user({ role: 'end-user' }), 'problem'],
    ['a suspended admin’s', user({ suspended: true }), 'problem'],
    ['refused', unauthorised, 'problem'],
    ['refused with its client', refusedWith(400, 'invalid_client'), 'problem'],
    ['not answered', unreachable, 'unknown'],
  ])('is %s', (_, answer, state) => {
    expect(judgeZendeskCredential(answer).state).toBe(state)
  })
})

describe('what is kept for Klaviyo', () => {
  const account = (id: string) => ok({ id, name: 'Nordlys', timezone: null })

  it.each([
    ['its account’s', account('ABC'), 'ok'],
    ['another account’s', account('XYZ'), 'problem'],
    ['refused', unauthorised, 'problem'],
    ['without the scope to tell', noScope, 'unknown'],
    ['not answered', unreachable, 'unknown'],
  ])('is %s', (_, answer, state) => {
    expect(judgeKlaviyoCredential(answer, 'ABC').state).toBe(state)
  })

  it('and refused says how to go on, and what waits', () => {
    expect(judgeKlaviyoCredential(unauthorised, 'ABC')).toMatchObject({
      says: 'Klaviyo refuses the credential: answered 401, invalid_token.',
      remedy: expect.stringContaining('page Connections'),
      without: expect.stringContaining('wait'),
    })
  })
})
