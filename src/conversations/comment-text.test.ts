import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText } from '../../test/support/core-builders.ts'
import { commentText, sameText } from './comment-text.ts'

describe('a comment as a text', () => {
  it.each([
    ['**bold** and __bold__', 'bold and bold'],
    ['*leaning* and _leaning_', 'leaning and leaning'],
    ['**see https://nordlys.no/__a__ now**', 'see https://nordlys.no/__a__ now'],
    ['**Sale**s and *https://nordlys.no*', 'Sales and https://nordlys.no'],
    ['# Title\n### Smaller\ntext', 'Title\nSmaller\ntext'],
    ['use `code` here', 'use code here'],
    ['**two\nlines**', 'two\nlines'],
    ['See [our page](https://nordlys.no/a?b=c)', 'See our page (https://nordlys.no/a?b=c)'],
    ['[https://nordlys.no](https://nordlys.no)', 'https://nordlys.no'],
    ['![scan](https://x.test/a.png)Here it is', 'Here it is'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['a\n\n\n\n\nb', 'a\n\nb'],
    ['a  \nb\t\n', 'a\nb'],
    ['10\u00a0000\u202fkr', '10 000 kr'],
    ['  around  ', 'around'],
  ])('%j → %j', (body, text) => {
    expect(commentText(body)).toBe(text)
  })

  it.each([
    'https://nordlys.no/a_b_c/d__e__f?x=*1*2',
    'https://nordlys.no/_a_/__b__/*c*/**d**',
    'a__b__c',
    'name__x__',
    '5 * 3 * 2 = 30',
    'snake_case_name',
    'order #35436',
    '- one\n- two',
    '1. one\n2. two',
    'a < b & c > d',
    '👍🏽 👨‍👩‍👧 🇳🇴 é ﬁ',
    'Takk!\n\n--\nAda, Nordlys\n+47 55 55 01 42',
    '[brackets] and (parentheses)',
    '[a file](mailto:us@nordlys.no)',
    '*',
    '** **',
  ])('%j is left as it is', (body) => {
    expect(commentText(body)).toBe(body)
  })

  it('never fails, never grows and never ends in space', () => {
    fc.assert(
      fc.property(anyText, (body) => {
        const text = commentText(body)
        expect(text).toBe(text.trim())
        expect(text.length).toBeLessThanOrEqual(body.length)
      }),
    )
  })

  // In a time that grew with the square of the length, this would outlast the test's limit many times.
  it('keeps pace with a row of spaces of any length', () => {
    const long = `a${' '.repeat(1_000_000)}a`
    expect(commentText(long)).toBe(long)
  })
})

describe('two bodies', () => {
  it.each([
    ['Hello  there', 'Hello there'],
    ['Hello\r\nthere ', 'Hello there'],
    ['zero\u200bwidth', 'zerowidth'],
    ['10\u00a0000', '10 000'],
    ['e\u0301', 'é'],
    ['Ｈｅｌｌｏ…', 'Hello...'],
  ])('%j and %j are the same message', (one, other) => {
    expect(sameText(one)).toBe(sameText(other))
  })

  it.each([
    ['Hello', 'hello'],
    ['Hello', 'Hello!'],
    ['12', '1 2'],
    ['👍', '👍🏽'],
  ])('%j and %j are not', (one, other) => {
    expect(sameText(one)).not.toBe(sameText(other))
  })

  it('are the same once folded, however often they are folded', () => {
    fc.assert(
      fc.property(anyText, (body) => {
        expect(sameText(sameText(body))).toBe(sameText(body))
      }),
    )
  })
})
