import { describe, expect, it } from 'vitest'
import { ok } from '../../kernel/result.ts'
import { noGrant, noScope, refusedWith, unreachable } from '../testing/api-problems.ts'
import { judgeSendingGrant, judgeWebhookGrant } from './grants.ts'

describe('the grant of system webhooks', () => {
  it.each([
    ['a list', ok([]), 'ok'],
    ['403', noGrant, 'problem'],
    ['403 about a scope', noScope, 'problem'],
    ['nothing', unreachable, 'unknown'],
  ])('with %s as the answer is %s', (_, listed, state) => {
    expect(judgeWebhookGrant(listed, null).state).toBe(state)
  })

  it('is asked of Klaviyo, unless the refusal is about a scope', () => {
    expect(judgeWebhookGrant(noGrant, null).remedy).toMatch(/^Ask your contact at Klaviyo/)
    expect(judgeWebhookGrant(noScope, null).remedy).toMatch(/^Add webhooks:read/)
  })

  it('names the scope as well where nobody knows whether the key has it', () => {
    expect(judgeWebhookGrant(noGrant, null).remedy).toContain('the scope webhooks:read')
    expect(judgeWebhookGrant(noGrant, 'events:read webhooks:read').remedy).not.toContain(
      'the scope',
    )
  })
})

describe('the grant to send answers', () => {
  it.each([
    ['not found', refusedWith(404, 'answered 404'), 'ok'],
    ['invalid', refusedWith(400, 'answered 400'), 'ok'],
    ['taken', ok(null), 'ok'],
    ['403', noGrant, 'problem'],
    ['403 about a scope', noScope, 'problem'],
    ['nothing', unreachable, 'unknown'],
  ])('is judged by a message to nobody that ends as %s', (_, tried, state) => {
    expect(judgeSendingGrant(tried, null).state).toBe(state)
  })

  it('says what works without it', () => {
    const { without, remedy } = judgeSendingGrant(noGrant, null)
    expect(without).toMatch(/^Texts become tickets.*Answers are not sent/)
    expect(remedy).toMatch(/^Ask Klaviyo to enable the Conversations API/)
  })
})
