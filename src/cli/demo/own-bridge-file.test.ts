import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readBridgeFile } from '../../connections/read-bridge-file.ts'
import { type BridgeFile, readBridgeSettings } from '../../connections/settings.ts'
import { toOwnBridgeFile } from './own-bridge-file.ts'

const EXAMPLE = new URL('../../../examples/bridge.yaml', import.meta.url).pathname
const OWN = {
  ZENDESK_SUBDOMAIN: 'polar',
  ZENDESK_CLIENT_ID: 'our-client',
  ZENDESK_CLIENT_SECRET: 'our-secret',
  KLAVIYO_API_KEY: 'pk_ours',
}

function readWhole(text: string, env: Record<string, string>): BridgeFile {
  const read = readBridgeFile(text, env)
  if (!read.ok) throw new Error(read.problem.join('; '))
  return read.value
}

/** The sandbox's bridge with choices of every kind. */
const sandboxFile = readWhole(readFileSync(EXAMPLE, 'utf8'), { SANDBOX_ZENDESK_URL: 'http://x' })
const { zendesk, klaviyo, ...chosen } = sandboxFile
const settings = readBridgeSettings({
  ...chosen,
  tickets: { ...chosen.tickets, brands: ['Nordlys', 'Fjell: & "Skog" # 1'] },
  sms: { ...chosen.sms, tags: ['replyline', 'vip'] },
})

describe("the file for the reader's own accounts", () => {
  it('is a whole bridge, with every choice that was made in the sandbox', () => {
    const {
      zendesk: ownZendesk,
      klaviyo: ownKlaviyo,
      ...kept
    } = readWhole(toOwnBridgeFile(settings), OWN)
    expect(kept).toEqual(settings)
    expect(ownZendesk).toEqual({
      url: 'polar.zendesk.com',
      clientId: 'our-client',
      clientSecret: 'our-secret',
    })
    expect(ownKlaviyo).toEqual({ apiKey: 'pk_ours' })
  })

  it('holds no address or secret of the sandbox, and names what is missing', () => {
    const text = toOwnBridgeFile(settings)
    for (const secret of [zendesk.url, zendesk.clientSecret, klaviyo.apiKey])
      expect(text).not.toContain(secret)
    const read = readBridgeFile(text, {})
    expect(read.ok ? [] : read.problem.map((problem) => problem.split(' ')[0])).toEqual(
      Object.keys(OWN).map((name) => `\${${name}}`),
    )
  })
})
