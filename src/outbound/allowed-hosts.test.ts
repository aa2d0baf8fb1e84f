import { describe, expect, it } from 'vitest'
import { whyNotAllowed } from './allowed-hosts.ts'

const ALLOWED = [
  'a.klaviyo.com',
  '*.zendesk.com',
  '127.0.0.1:4010',
  'localhost:4020',
  'plain.test:80',
]

describe('hosts that may be called', () => {
  it.each([
    ['https://a.klaviyo.com/api/events', true],
    ['https://a.klaviyo.com:443/', true],
    ['https://a.klaviyo.com:8443/', false],
    ['https://A.KLAVIYO.COM/', true],
    ['http://a.klaviyo.com/', false],
    ['https://b.klaviyo.com/', false],
    ['https://nordlys.zendesk.com/', true],
    ['https://zendesk.com/', false],
    ['https://.zendesk.com/', false],
    ['https://a.b.zendesk.com/', false],
    ['https://nordlys.zendesk.com:8443/', false],
    ['https://nordlys.zendesk.com.evil.example/', false],
    ['https://evilzendesk.com/', false],
    ['http://127.0.0.1:4010/', true],
    ['http://127.0.0.1:4011/', false],
    ['http://localhost:4020/', true],
    ['http://plain.test/', false],
    ['https://user@a.klaviyo.com/', false],
    ['ftp://a.klaviyo.com/', false],
  ])('%s: %s', (address, isAllowed) => {
    const url = URL.parse(address)
    expect(url !== null && whyNotAllowed(url, ALLOWED) === null).toBe(isAllowed)
  })
})
