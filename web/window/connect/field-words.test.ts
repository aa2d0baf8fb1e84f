import { describe, expect, it } from 'vitest'
import { inFormWords, wrongRows, wrongsIn } from './field-words.ts'

const said = (sentence: string) => wrongsIn(sentence).map(inFormWords)

describe('what is wrong with a form', () => {
  it.each([
    ['Sms.routes.0.number: write it in digits.', ['Numbers, row 1: write it in digits.']],
    ['Tickets.brands: choose one', ['Tickets, brands: choose one']],
    ['sms.keywords.subscribe.3: a word is needed', ['Subscribe keywords: a word is needed']],
    ['Zendesk refused: no such brand.', ['Zendesk refused: no such brand.']],
    ['Replyline does not answer.', ['Replyline does not answer.']],
  ])('%s is told in the form’s words', (sentence, words) => {
    expect(said(sentence)).toEqual(words)
  })

  it('is taken apart where several settings are wrong, and nowhere else', () => {
    expect(said('Tickets.brands: clashes; choose one; sms.routes.1.number: odd')).toEqual([
      'Tickets, brands: clashes; choose one',
      'Numbers, row 2: odd',
    ])
  })

  it('is found by the row of the numbers', () => {
    const wrongs = wrongsIn('Sms.routes.2.number: odd; sms.routes.0.brand: gone')
    expect([...wrongRows(wrongs)]).toEqual([[2, 'odd']])
  })
})
