import { describe, expect, it } from 'vitest'
import { err, ok } from '../kernel/result.ts'
import { findZendeskAddress } from './find-zendesk-address.ts'

/** A DNS that knows one help centre's own name, and one that leads somewhere else. */
function dns() {
  const asked: string[] = []
  const records: Readonly<Record<string, readonly string[]>> = {
    'help.nordlys.example': ['nordlys.zendesk.com'],
    'dotted.nordlys.example': ['nordlys.zendesk.com.'],
    'evil.example': ['nordlys.zendesk.com.evil.example'],
    'inside.example': ['169.254.169.254', 'localhost'],
  }
  return {
    asked,
    resolve: async (host: string) => {
      asked.push(host)
      const found = records[host]
      if (found === undefined) throw new Error('ENOTFOUND')
      return found
    },
  }
}

describe('the address of a Zendesk', () => {
  it.each([
    ['help.nordlys.example', 'https://nordlys.zendesk.com'],
    ['https://help.nordlys.example/hc/en-us/articles/1', 'https://nordlys.zendesk.com'],
    ['dotted.nordlys.example', 'https://nordlys.zendesk.com'],
  ])('is found behind a help centre’s own name: %s', async (entered, expected) => {
    expect(await findZendeskAddress(entered, [], dns().resolve)).toEqual(ok(expected))
  })

  it.each(['nordlys', 'nordlys.zendesk.com', 'https://nordlys.zendesk.com/agent/tickets/7'])(
    'that says all by itself is not asked for: %s',
    async (entered) => {
      const { asked, resolve } = dns()
      expect(await findZendeskAddress(entered, [], resolve)).toEqual(
        ok('https://nordlys.zendesk.com'),
      )
      expect(asked).toEqual([])
    },
  )

  it.each(['evil.example', 'inside.example', 'unknown.example'])(
    'is not what leads elsewhere: %s',
    async (entered) => {
      expect(await findZendeskAddress(entered, [], dns().resolve)).toEqual(
        err(expect.stringContaining(`${entered} does not lead to one`)),
      )
    },
  )

  it.each([
    '169.254.169.254',
    '[::1]',
    '0x7f.1',
    'localhost',
    'evil.example:8443',
    'user@evil.example',
    'a.nordlys.zendesk.com',
    'evil.com#.zendesk.com',
  ])('is never looked up for what is no name of a help centre: %s', async (entered) => {
    const { asked, resolve } = dns()
    expect((await findZendeskAddress(entered, [], resolve)).ok).toBe(false)
    expect(asked.filter((host) => host !== 'evil.com')).toEqual([])
  })

  it('of a sandbox on this machine is http, when nobody wrote it', async () => {
    expect(await findZendeskAddress('127.0.0.1:4010', ['127.0.0.1:4010'], dns().resolve)).toEqual(
      ok('http://127.0.0.1:4010'),
    )
  })
})
