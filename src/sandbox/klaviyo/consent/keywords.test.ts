import { describe, expect, it } from 'vitest'
import { type KeywordRules, readIntent } from './keywords.ts'

const rules: KeywordRules = {
  subscribeKeywords: ['JOIN'],
  automationKeywords: ['SIZE'],
  optOutMode: 'contains_word',
  region: 'SE',
  isOptInPending: false,
}

describe('a text is read', () => {
  it.each([
    ['STOP', 'opt_out'],
    [' stop ', 'opt_out'],
    ['StopAll', 'opt_out'],
    ['unsubscribe', 'opt_out'],
    ['cancel', 'opt_out'],
    ['END', 'opt_out'],
    ['quit', 'opt_out'],
    ['Please cancel my order', 'opt_out'],
    ['JOIN', 'opt_in'],
    ['start', 'opt_in'],
    ['Unstop', 'opt_in'],
    ['HELP', 'help'],
    ['info', 'help'],
    ['Size', 'automation'],
    ['What size do I need?', 'none'],
    ['Can I join you?', 'none'],
    ['I need help', 'none'],
    ['YES', 'none'],
    ['Where is my parcel?', 'none'],
  ])('%j as %s', (body, kind) => {
    expect(readIntent(body, rules).kind).toBe(kind)
  })

  it.each([
    ['US', 'contains_word', 'the app stopped working', 'opt_out'],
    ['US', 'exact', 'the app stopped working', 'opt_out'],
    ['US', 'exact', 'please cancel my order', 'none'],
    ['SE', 'contains_word', 'the app stopped working', 'none'],
    ['SE', 'exact', 'please stop', 'none'],
    ['SE', 'exact', 'STOP', 'opt_out'],
  ] as const)('in %s with %s, %j as %s', (region, optOutMode, body, kind) => {
    expect(readIntent(body, { ...rules, region, optOutMode }).kind).toBe(kind)
  })

  it.each(['YES', 'y'])('with a pending opt-in, %j as its confirmation', (body) => {
    expect(readIntent(body, { ...rules, isOptInPending: true }).kind).toBe('confirm')
  })
})
