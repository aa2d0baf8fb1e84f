import { describe, expect, it } from 'vitest'
import { previousTicketNote, requesterName, subjectOf, wordsOf } from './ticket-draft.ts'

describe("a ticket's subject", () => {
  it.each([
    ['Where is my parcel?', 'Where is my parcel?'],
    ['  two\n lines\t here ', 'two lines here'],
    ['a'.repeat(60), 'a'.repeat(60)],
    ['a'.repeat(61), `${'a'.repeat(60)}…`],
    [`${'a'.repeat(60)} b`, `${'a'.repeat(60)}…`],
    [`${'a'.repeat(57)} bc`, `${'a'.repeat(57)} bc`],
    [`${'a'.repeat(57)} bcd`, `${'a'.repeat(57)}…`],
    [
      'I ordered a red jacket last Monday and it has still not come to my door',
      'I ordered a red jacket last Monday and it has still not come…',
    ],
  ])('is the first words, at most sixty characters: %j → %j', (body, subject) => {
    expect(subjectOf(body, 'sms')).toBe(subject)
  })

  it('never cuts an emoji in half', () => {
    expect(subjectOf(`${'a'.repeat(59)}👍👍`, 'sms')).toBe(`${'a'.repeat(59)}…`)
    expect(subjectOf(`${'a'.repeat(58)}👍👍`, 'sms')).toBe(`${'a'.repeat(58)}👍…`)
  })

  it.each([
    ['\ud83d', '\ufffd'],
    ['half \ude00 of it', 'half \ufffd of it'],
  ])('is whole even where the text is not: %j', (body, subject) => {
    expect(subjectOf(body, 'sms')).toBe(subject)
  })

  it.each([
    ['sms', 'Text message'],
    ['whatsapp', 'WhatsApp message'],
  ] as const)('names the channel when the text is empty (%s)', (channel, subject) => {
    expect([subjectOf('', channel), subjectOf(' \n ', channel)]).toEqual([subject, subject])
  })
})

describe("a new end user's name", () => {
  it.each([
    ['Ada', 'Nilsen', 'Ada Nilsen'],
    ['Ada', null, 'Ada'],
    [null, 'Nilsen', 'Nilsen'],
    [' ', 'Nilsen', 'Nilsen'],
    [null, null, 'Customer …0142'],
    ['', ' ', 'Customer …0142'],
  ])('from %j and %j is %j', (firstName, lastName, name) => {
    expect(requesterName({ firstName, lastName }, '+14155550142')).toBe(name)
  })

  it('shows only the end of the number when there is no profile', () => {
    expect(requesterName(null, '+14155550142')).toBe('Customer …0142')
  })
})

describe('the note on a new ticket', () => {
  it('names the closed one', () => {
    expect(previousTicketNote('35436')).toBe(
      'Follows ticket #35436, which is closed and cannot be reopened.',
    )
  })
})

describe('a text without words', () => {
  it.each(['', ' ', '\n\t', '\u200b\u200d'])('%j stands on the ticket as a sentence', (body) => {
    expect(wordsOf(body)).toContain('without words')
  })

  it.each(['?', '👍', ' ok ', '\u200bhi'])('%j stands as it is', (body) => {
    expect(wordsOf(body)).toBe(body)
  })
})
