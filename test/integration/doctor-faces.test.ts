import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/doctor/finding.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import { operatorBrowser } from '../support/operator-browser.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { runCli } from '../support/run-cli.ts'
import { fromKlaviyo } from '../support/signed-delivery.ts'
import { SETUP_TOKEN, startTestService, type TestService } from '../support/test-service.ts'

let folder: string
let databases: readonly OwnDatabase[]
let sandbox: Sandbox
let service: TestService
let env: Readonly<Record<string, string>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replyline-doctor-'))
  databases = [await ownDatabase(), await ownDatabase()]
  const [own, site] = databases as [OwnDatabase, OwnDatabase]
  sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  const { zendeskUrl, klaviyoUrl } = sandbox
  service = await startTestService(site.config, undefined, {
    platforms: { zendeskUrl, klaviyoUrl },
  })
  env = {
    DATABASE_URL: own.url,
    PUBLIC_URL: service.url,
    KLAVIYO_API_URL: klaviyoUrl,
    PLATFORM_HOSTS: [zendeskUrl, klaviyoUrl].map((url) => new URL(url).host).join(','),
  }
  await writeFile(
    join(folder, 'bridge.yaml'),
    `name: nordlys
zendesk: { url: "${zendeskUrl}", clientId: replyline, clientSecret: replyline-secret }
klaviyo: { apiKey: pk_sandbox }
`,
  )
})
afterAll(async () => {
  await service.close()
  await sandbox.close()
  for (const database of databases) await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const doctor = (...args: readonly string[]) => runCli(['doctor', ...args], { folder, env })

async function grant(conversations: boolean): Promise<void> {
  await fetch(`${sandbox.controlUrl}/control/grants`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ conversations }),
  })
}

describe('replyline doctor', () => {
  it('says how to begin where nothing is set up, and ends well', async () => {
    const { code, stdout } = await doctor()
    expect(code).toBe(0)
    expect(stdout).toMatch(/! warning {2}Nothing is set up yet/)
    expect(stdout).toMatch(/To mend it: Begin on the page Connections/)
  })

  it('ends well when all is in order, and groups what it found', async () => {
    expect((await runCli(['apply', '-f', 'bridge.yaml'], { folder, env })).code).toBe(0)
    const { code, stdout, stderr } = await doctor()
    expect([code, stderr]).toEqual([0, ''])
    const headings = stdout.split('\n').filter((line) => /^\w/.test(line))
    expect(headings).toEqual([
      'Service',
      expect.stringMatching(/^Zendesk: 127\.0\.0\.1:\d+, as /),
      'Klaviyo: Nordlys Outdoor',
      'Bridge: nordlys',
      expect.stringMatching(/^In order: 0 problems, 0 warnings, \d unknown, \d+ fine\.$/),
    ])
  })

  it('ends with 1 for a problem, with its remedy and what works until then', async () => {
    await grant(false)
    const { code, stdout } = await doctor()
    await grant(true)
    expect(code).toBe(1)
    const lines = stdout.split('\n')
    const at = lines.findIndex((line) => line.startsWith('  !! problem'))
    expect(lines[at - 1]).toBe('Klaviyo: Nordlys Outdoor')
    expect(lines[at]).toContain('Conversations API')
    expect(lines[at + 1]).toMatch(/^ +To mend it: Ask Klaviyo/)
    expect(lines[at + 2]).toMatch(/^ +Until then: Texts become tickets/)
    expect(lines.at(-2)).toMatch(/^Not in order: 1 problem, /)
  })

  it('gives the same as JSON, for one bridge alone', async () => {
    const { code, stdout } = await doctor('--json', '--bridge', 'nordlys')
    const told = JSON.parse(stdout) as { tally: unknown; findings: readonly Finding[] }
    expect(code).toBe(0)
    expect(told.tally).toMatchObject({ problem: 0, warning: 0 })
    expect(new Set(told.findings.map(({ area }) => area)).size).toBe(4)
  })

  it('knows no other bridge', async () => {
    const { code, stdout, stderr } = await doctor('--bridge', 'none')
    expect([code, stdout, stderr]).toEqual([1, '', 'replyline: there is no bridge "none"\n'])
  })
})

describe('POST /api/doctor', () => {
  const url = () => `${service.url}/api/doctor`

  const BODY = 'Message Body'

  async function propertiesAfter(text: Record<string, unknown>): Promise<Finding | undefined> {
    const secret = service.bridge.secrets.klaviyo
    const delivery = fromKlaviyo(klaviyoDelivery(text), { secret, at: Date.now() })
    expect((await service.deliver(delivery)).status).toBe(200)
    const headers = { authorization: `Bearer ${service.apiToken}` }
    const lines = (await (await fetch(url(), { method: 'POST', headers })).text()).trimEnd()
    return lines
      .split('\n')
      .map((line) => (JSON.parse(line) as { finding?: Finding }).finding)
      .find((finding) => finding?.check === 'message_properties')
  }

  it('streams what is looked at and found, and ends with "done"', async () => {
    const headers = { authorization: `Bearer ${service.apiToken}` }
    const response = await fetch(url(), { method: 'POST', headers })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = (await response.text()).trimEnd().split('\n')
    const told = lines.map((line) => JSON.parse(line) as { kind: string; finding?: Finding })
    expect(told.at(-1)).toEqual({ kind: 'done', at: expect.stringMatching(/Z$/) })
    expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(['looking', 'found', 'done']))
    expect(told.flatMap(({ finding }) => (finding === undefined ? [] : finding.check))).toContain(
      'set_up',
    )
  })

  it('tells which properties the last text carried, readable or not, and no value of them', async () => {
    const readable = customerText({ eventId: 'text-1', body: 'Nobody’s business' })
    expect(await propertiesAfter(readable)).toMatchObject({
      state: 'ok',
      says: expect.stringMatching(/carried: .*Message Body.*\.$/),
    })
    const unreadable = customerText({ eventId: 'text-2', body: 'Nobody’s business' })
    const told = await propertiesAfter(
      JSON.parse(JSON.stringify(unreadable).replace(BODY, 'Words')),
    )
    expect(told).toMatchObject({ state: 'problem', says: expect.stringContaining('no words') })
    expect(told?.says).toMatch(/carried: .*Words.*\.$/)
    expect(JSON.stringify(told)).not.toContain('business')
  })

  it('is for operators alone', async () => {
    expect((await fetch(url(), { method: 'POST' })).status).toBe(401)
  })

  it('is not started by a page that does not know the session', async () => {
    const browser = operatorBrowser(service.url)
    const owner = { name: 'owner', password: 'a few long words', token: SETUP_TOKEN }
    expect((await browser.send('POST', '/api/owner', { body: owner })).status).toBe(201)
    const foreign = { headers: { 'x-csrf-token': '' } }
    expect((await browser.send('POST', '/api/doctor', foreign)).status).toBe(403)
    expect((await browser.send('POST', '/api/doctor')).status).toBe(200)
  })
})
