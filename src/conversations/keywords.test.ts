import { describe, expect, it } from 'vitest'
import { policy } from '../../test/support/core-builders.ts'
import { couldBeKeyword, isOneWord, keywordReason } from './keywords.ts'

describe('a text that is a keyword as a whole', () => {
  it.each([
    ['STOP', 'keyword_opt_out'],
    ['STOPALL', 'keyword_opt_out'],
    ['UNSUBSCRIBE', 'keyword_opt_out'],
    ['CANCEL', 'keyword_opt_out'],
    ['END', 'keyword_opt_out'],
    ['QUIT', 'keyword_opt_out'],
    ['START', 'keyword_opt_in'],
    ['UNSTOP', 'keyword_opt_in'],
    ['JOIN', 'keyword_subscribe'],
    ['SIZE', 'keyword_automation'],
    ['stop', 'keyword_opt_out'],
    ['Join', 'keyword_subscribe'],
    ['Stop.', 'keyword_opt_out'],
    ['"STOP!!"', 'keyword_opt_out'],
    ['¡stop!', 'keyword_opt_out'],
    ['  join \n', 'keyword_subscribe'],
    ['\u00a0quit\u00a0', 'keyword_opt_out'],
    ['ＳＴＯＰ', 'keyword_opt_out'],
    ['ｊｏｉｎ！', 'keyword_subscribe'],
  ])('%j is one (%s)', (body, reason) => {
    expect(keywordReason(body, policy)).toBe(reason)
  })

  it.each([
    'HELP',
    'INFO',
    'help!',
    'YES',
    'Y',
    'please cancel my order',
    'the app stopped working',
    'nonstop party',
    'we quit',
    'STOP it',
    'JOINED',
    'ST OP',
    '',
    '?!',
    '👍',
  ])('%j is none', (body) => {
    expect(keywordReason(body, policy)).toBeNull()
  })

  it('is what the operator says, and nothing beside it', () => {
    const bare = { ...policy, subscribeKeywords: ['VELKOMMEN'], automationKeywords: [] }
    expect(keywordReason('velkommen', bare)).toBe('keyword_subscribe')
    expect([keywordReason('JOIN', bare), keywordReason('SIZE', bare)]).toEqual([null, null])
  })

  it('opts out even when the operator lists the same word as a subscribe keyword', () => {
    expect(keywordReason('STOP', { ...policy, subscribeKeywords: ['STOP'] })).toBe(
      'keyword_opt_out',
    )
  })
})

describe('a text that a consent change could yet prove a keyword', () => {
  it.each([
    'YES',
    'Y',
    'y.',
    'Blue',
    'ABC',
    'Størrelse',
    '４２０',
    'a'.repeat(20),
    'please cancel my order',
    'the app stopped working',
    'nonstop party',
    'we quit',
    'the END',
  ])('%j could be one', (body) => {
    expect(couldBeKeyword(body)).toBe(true)
  })

  it.each([
    'HELP',
    'info?',
    'N',
    'OK',
    'a'.repeat(21),
    'where is my parcel',
    'the ending was sad',
    'quite good',
    'cancelled already',
    '',
    '👍',
    '...',
  ])('%j could not', (body) => {
    expect(couldBeKeyword(body)).toBe(false)
  })
})

describe('one word', () => {
  it.each([
    ['Blue', true],
    ['  Blue! ', true],
    ['half-way', true],
    ['two words', false],
    ['two\nlines', false],
  ])('%j: %s', (body, isOne) => {
    expect(isOneWord(body)).toBe(isOne)
  })
})

describe('reading a keyword', () => {
  // In a time that grew with the square of the length, this would outlast the test's limit many times.
  it('keeps pace with a row of dots of any length', () => {
    expect(keywordReason(`a${'.'.repeat(1_000_000)}a`, policy)).toBeNull()
  })
})
