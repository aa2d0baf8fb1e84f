import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText } from '../../test/support/core-builders.ts'
import { ok } from '../kernel/result.ts'
import { zendeskBaseUrl } from './zendesk-address.ts'

const NORDLYS = 'https://nordlys.zendesk.com'

describe("an account's address, as people paste it", () => {
  it.each([
    'nordlys',
    '  Nordlys ',
    'nordlys.zendesk.com',
    'NORDLYS.ZENDESK.COM',
    'https://nordlys.zendesk.com',
    'http://nordlys.zendesk.com',
    'https://nordlys.zendesk.com/',
    'https://nordlys.zendesk.com:443',
    'https://nordlys.zendesk.com/agent/tickets/35436?x=1#y',
    'nordlys.zendesk.com/agent/dashboard',
  ])('%j is nordlys', (entered) => {
    expect(zendeskBaseUrl(entered, [])).toEqual(ok(NORDLYS))
  })

  it('may be one letter or digit, or the longest label there is', () => {
    expect(zendeskBaseUrl('a', [])).toEqual(ok('https://a.zendesk.com'))
    expect(zendeskBaseUrl('a'.repeat(63), [])).toEqual(ok(`https://${'a'.repeat(63)}.zendesk.com`))
    expect(zendeskBaseUrl('a'.repeat(64), []).ok).toBe(false)
  })

  it.each([
    '',
    ' ',
    'evil.com',
    'evil.com#',
    'evil.com#.zendesk.com',
    'evil.com?.zendesk.com',
    'evil.com/.zendesk.com',
    'evil.com\\.zendesk.com',
    'a.zendesk.com.evil.com',
    'https://a.zendesk.com.evil.com',
    'zendesk.com',
    '.zendesk.com',
    'a.b.zendesk.com',
    'azendesk.com',
    'a.zendesk.com.',
    'a_b.zendesk.com',
    '-a.zendesk.com',
    'a-',
    'user@nordlys.zendesk.com',
    'user:secret@nordlys.zendesk.com',
    'nordlys.zendesk.com@evil.com',
    'nordlys.zendesk.com:8443',
    'nordlys.zendesk.com:22',
    '127.0.0.1',
    '127.0.0.1:4010',
    '0x7f.1',
    '2130706433.',
    '169.254.169.254',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost:4010',
    'file:///etc/passwd',
    'ftp://nordlys.zendesk.com',
    'javascript:alert(1)',
    'nord lys',
  ])('%j is none', (entered) => {
    expect(zendeskBaseUrl(entered, []).ok).toBe(false)
  })

  it.each([
    [
      'evil.com',
      '"evil.com" is not a Zendesk host: enter the account\'s own address like nordlys.zendesk.com',
    ],
    [
      '127.0.0.1:4010',
      '"127.0.0.1:4010" is not a Zendesk host: enter the account\'s own address like nordlys.zendesk.com, or name the host in PLATFORM_HOSTS',
    ],
    [
      'user@evil.com',
      '"user@evil.com" is not a Zendesk address: enter it like nordlys.zendesk.com',
    ],
  ])('%j is refused with what to enter instead', (entered, problem) => {
    expect(zendeskBaseUrl(entered, [])).toEqual({ ok: false, problem })
  })

  it('is never one elsewhere, whatever is entered', () => {
    const lure = fc.constantFrom(
      'https://',
      'a',
      '.',
      'zendesk.com',
      'evil.com',
      '@',
      '#',
      '/',
      ':',
      '\\',
    )
    const entered = fc.oneof(
      anyText,
      fc.array(lure, { maxLength: 10 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(entered, (text) => {
        const address = zendeskBaseUrl(text, [])
        if (address.ok) expect(address.value).toMatch(/^https:\/\/[a-z0-9-]+\.zendesk\.com$/)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a host that the installation names', () => {
  const hosts = ['127.0.0.1:4010']

  it.each([
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://127.0.0.1:4010/agent/tickets/1', 'http://127.0.0.1:4010'],
    ['127.0.0.1:4010', 'http://127.0.0.1:4010'],
  ])('%j is taken as it is', (entered, url) => {
    expect(zendeskBaseUrl(entered, hosts)).toEqual(ok(url))
  })

  it.each([
    'http://127.0.0.1:4011',
    'http://127.0.0.1',
    'http://user@127.0.0.1:4010',
    '127.0.0.1:4010.evil.com',
  ])('%j is another one', (entered) => {
    expect(zendeskBaseUrl(entered, hosts).ok).toBe(false)
  })
})
