import { describe, expect, it } from 'vitest'
import { ok } from '../../kernel/result.ts'
import { KLAVIYO_SCOPES } from '../../klaviyo/oauth.ts'
import { noScope, unreachable } from '../testing/api-problems.ts'
import { judgeApprovedScopes, judgeKeyScopes, judgeZendeskScopes } from './scopes.ts'

describe('what Zendesk granted', () => {
  it.each([
    ['read write', 'ok', /read and write/],
    ['read', 'problem', /did not grant write; it granted read/],
    ['tickets:read', 'problem', /did not grant read and write/],
    [null, 'unknown', /has not said/],
  ] as const)('as %j is %s', (granted, state, says) => {
    const judged = judgeZendeskScopes(granted)
    expect(judged.state).toBe(state)
    expect(judged.says).toMatch(says)
  })
})

describe('what an approval in Klaviyo granted', () => {
  it('is enough when all is there, in any order', () => {
    expect(judgeApprovedScopes(KLAVIYO_SCOPES.toReversed().join(' ')).state).toBe('ok')
  })

  it.each(KLAVIYO_SCOPES)('lacks %s: it is named alone, with its cost', (scope) => {
    const granted = KLAVIYO_SCOPES.filter((one) => one !== scope).join(' ')
    const judged = judgeApprovedScopes(granted)
    expect(judged.state).toBe('problem')
    expect(judged.says).toBe(`Missing in Klaviyo: ${scope}.`)
    expect(judged.without).toMatch(/^Without it \w/)
  })
})

describe('what a private key may do', () => {
  it('is told apart into missing, proven, not answered and unproven', () => {
    const judged = judgeKeyScopes([
      { scope: 'metrics:read', answer: ok([]) },
      { scope: 'profiles:read', answer: noScope },
      { scope: 'events:read', answer: unreachable },
      { scope: 'conversations:read', answer: null },
    ])
    expect(judged.map(({ state }) => state)).toEqual(['problem', 'ok', 'unknown', 'unknown'])
    expect(judged[0]?.says).toBe('Missing in Klaviyo: profiles:read.')
    expect(judged[1]?.says).toContain('metrics:read')
    expect(judged[2]?.says).toContain('events:read')
    expect(judged[3]?.says).toContain('conversations:read')
  })
})
