import { describe, expect, it } from 'vitest'
import { toPhoneNumber } from './phone-number.ts'

describe('a phone number of an event', () => {
  it.each([
    ['+14155550111', 'US', '+14155550111'],
    ['+1 (415) 555-0111', null, '+14155550111'],
    ['(415) 555-0111', 'US', '+14155550111'],
    ['070-555 01 15', 'se', '+46705550115'],
    [14155550111, null, '+14155550111'],
    ['14155550111', 'nowhere', '+14155550111'],
    ['whatsapp:+14155550111', null, '+14155550111'],
    ['55501', 'US', '55501'],
    [55501, 'US', '55501'],
    ['NORDLYS', 'SE', 'NORDLYS'],
    ['', 'US', null],
    [null, null, null],
    [{ odd: true }, null, null],
  ])('%j in %j → %j', (raw, region, expected) => {
    expect(toPhoneNumber(raw, region)).toBe(expected)
  })
})
