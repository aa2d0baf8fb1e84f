import { describe, expect, it } from 'vitest'
import { toExchangeRecord } from './exchange-record.ts'

const refused = (sent: unknown, answer: unknown, path = '/api/v2/tickets') =>
  toExchangeRecord({
    ...{ kind: 'refused', touched: 'no', status: 422, code: null, detail: '' },
    ...{ body: answer, call: { method: 'POST', path, body: sent } },
  })

describe('what is kept of a refused call', () => {
  it('is what was asked and what was answered', () => {
    expect(refused({ ticket: { subject: 'Hej' } }, { error: 'RecordInvalid' })).toEqual({
      method: 'POST',
      path: '/api/v2/tickets',
      sent: { ticket: { subject: 'Hej' } },
      status: 422,
      answer: { error: 'RecordInvalid' },
    })
  })

  it.each([
    [{ access_token: 'abc' }, { access_token: '[hidden]' }],
    [{ client_secret: ['a'] }, { client_secret: '[hidden]' }],
    [{ a: [{ apiKey: 1 }] }, { a: [{ apiKey: '[hidden]' }] }],
    [{ to: '+14155550111' }, { to: '[number]' }],
    [{ says: 'ida@example.com is taken' }, { says: '[e-mail] is taken' }],
    [{ body: 'x'.repeat(301) }, { body: `${'x'.repeat(300)}…` }],
    [{ body: `${'x'.repeat(299)}😀` }, { body: `${'x'.repeat(299)}\uFFFD…` }],
    [Array.from({ length: 60 }, () => 'x'.repeat(400)), '[too long to keep]'],
    [undefined, null],
    [null, null],
  ])('hides secrets and addresses, and has an end: %j', (given, kept) => {
    expect(refused(given, given)).toMatchObject({ sent: kept, answer: kept })
  })

  it('hides the number that an address asks for', () => {
    expect(refused(null, null, '/api/profiles?phone=+14155550111')?.path).toBe(
      '/api/profiles?phone=[number]',
    )
  })
})
