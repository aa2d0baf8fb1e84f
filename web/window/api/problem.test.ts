import { describe, expect, it } from 'vitest'
import { actionSentenceOf, hasStatus, sentenceOf, toProblem } from './problem.ts'

describe('a failed request as a sentence', () => {
  it.each([
    [401, { error: 'sign in' }, 'You are signed out. Sign in again.'],
    [400, { error: 'before: not a cursor of this list' }, 'Before: not a cursor of this list.'],
    [404, { error: 'No event has this id.' }, 'No event has this id.'],
    [500, '<html>', 'Replyline answered 500; its log says why.'],
    [502, null, 'Replyline answered 502; its log says why.'],
  ])('%s, %j', (status, body, sentence) => {
    expect(sentenceOf(toProblem(status, body))).toBe(sentence)
  })

  it('says so when nothing answered', () => {
    expect(sentenceOf(new TypeError('Failed to fetch'))).toMatch(/^Replyline does not answer/)
  })

  it('is known by its status, when it had one', () => {
    expect(hasStatus(toProblem(404, null), 404)).toBe(true)
    expect(hasStatus(toProblem(404, null), 400)).toBe(false)
    expect(hasStatus(new Error('404'), 404)).toBe(false)
  })
})

describe('something that was to be done and failed', () => {
  it.each([
    [toProblem(409, { error: 'Somebody has dealt with it already.' }), /^Somebody has dealt/],
    [toProblem(401, null), /^You are signed out/],
    [toProblem(503, null), /not known whether it was done/],
    [new TypeError('Failed to fetch'), /not known whether it was done/],
  ])('%s', (error, says) => {
    expect(actionSentenceOf(error)).toMatch(says)
  })
})
