import { describe, expect, it } from 'vitest'
import { searchTerms } from './search.ts'

const phone = (digits: string) => ({ kind: 'phone', digits })
const ticket = (id: string) => ({ kind: 'ticket', id })

describe('a search', () => {
  it.each([
    ['+14155550111', [phone('14155550111')]],
    ['+1 (415) 555-0111', [phone('14155550111')]],
    ['415.555.0111', [phone('4155550111')]],
    ['0415 555 0111', [phone('4155550111')]],
    ['0047 99 88 77 66', [phone('4799887766')]],
    ['+44 (0)20 7946 0958', [phone('442079460958')]],
    ['+1\u00a0415\u2011555\u20110111', [phone('14155550111')]],
    ['4155550111', [ticket('4155550111'), phone('4155550111')]],
    ['1001', [ticket('1001'), phone('1001')]],
  ])('%j means a phone number, in any writing', (search, terms) => {
    expect(searchTerms(search)).toEqual(terms)
  })

  it.each([
    ['#1001', [ticket('1001')]],
    ['# 1001 ', [ticket('1001')]],
    ['12', [ticket('12')]],
  ])('%j means a ticket, and no number', (search, terms) => {
    expect(searchTerms(search)).toEqual(terms)
  })

  it.each(['Sarah.Lind@Example.com', 'sarah@'])('%j means the start of an e-mail', (search) => {
    expect(searchTerms(search)).toEqual([{ kind: 'email', start: search.toLowerCase() }])
  })

  it('of one word means a profile, or the start of an e-mail or a name; only e-mails are lowered here', () => {
    expect(searchTerms(' 01GDDKASAP8TKDDA2GRZDSVP4H ')).toEqual([
      { kind: 'profile', id: '01GDDKASAP8TKDDA2GRZDSVP4H' },
      { kind: 'email', start: '01gddkasap8tkdda2grzdsvp4h' },
      { kind: 'name', start: '01GDDKASAP8TKDDA2GRZDSVP4H' },
    ])
  })

  it('of several words means the start of a name, whatever blanks lie between', () => {
    expect(searchTerms(' Sarah \u00a0 Li')).toContainEqual({ kind: 'name', start: 'Sarah Li' })
  })

  it.each(['', '   ', '\u0000', '#', '#abc', '+', '-- ', '+0'])('%j means nothing', (search) => {
    expect(searchTerms(search)).toEqual([])
  })
})
