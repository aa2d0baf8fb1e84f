import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPages, pagesFolder } from '../../src/cli/build-pages.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import { complaintsOf, findChromium, openBrowser } from '../support/browser.ts'
import { until } from '../support/embedded-owner-process.ts'
import { type CliRun, endCli, startCli } from '../support/run-cli.ts'
import { freePort } from '../support/service-process.ts'

/*
 * From the first start to the first delivered answer, in a browser, by what the screens say alone: the
 * service and the sandbox begin empty, and everything is connected by hand.
 */

const chromium = findChromium()
const HOSTILE = '<img src=x onerror="document.title=`broken into`">'

let folder: string
let sandbox: Sandbox
let service: CliRun
let browser: Browser
let context: BrowserContext
let window: Page
let studio: Page
let complaints: readonly string[] = []

beforeAll(async () => {
  if (chromium === null) return
  folder = await mkdtemp(join(tmpdir(), 'replyline-first-reply-'))
  await buildPages('studio')
  const studioFolder = pagesFolder('studio')
  sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0, studioFolder })
  const port = String(await freePort())
  const { zendeskUrl, klaviyoUrl, controlUrl } = sandbox
  service = startCli(['start'], {
    folder,
    env: {
      ...{ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}`, LOG_LEVEL: 'silent' },
      KLAVIYO_API_URL: klaviyoUrl,
      PLATFORM_HOSTS: [zendeskUrl, klaviyoUrl].map((url) => new URL(url).host).join(','),
      CLOCK_URL: controlUrl,
    },
  })
  await until('it says what to open', async () => printedAddress() !== undefined, 60_000)
  browser = await openBrowser(chromium)
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  window = await context.newPage()
  window.setDefaultTimeout(20_000)
  complaints = complaintsOf(window)
})
afterAll(async () => {
  if (chromium === null) return
  await browser?.close()
  await endCli(service)
  await sandbox?.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const printedAddress = () => /^Open (\S+)/m.exec(service.output.stdout)?.[1]
const press = (name: string | RegExp) => window.getByRole('button', { name }).click()
const follow = (name: string | RegExp) => window.getByRole('link', { name }).first().click()

describe.skipIf(chromium === null)('from the first start to the first delivered answer', () => {
  it('the first owner gets in', async () => {
    await window.goto(printedAddress() ?? '')
    await window.getByLabel('Name').fill('ada@example.org')
    await window.getByLabel('Password', { exact: true }).fill('a long enough password')
    await window.getByLabel('The password again').fill('a long enough password')
    await press('Make the owner and sign in')
    await window.getByText('Nothing is connected yet').waitFor()
  })

  it('Zendesk is approved on its own page', async () => {
    await follow('Connect Zendesk and Klaviyo')
    await press('Connect to Zendesk')
    await window.waitForURL(/oauth\/authorizations\/new/)
    await window.getByRole('button', { name: 'Allow' }).click()
    await window.getByText('Zendesk is connected.').waitFor()
  })

  it('Klaviyo is connected by the key', async () => {
    await window
      .getByRole('form', { name: 'Connect Klaviyo' })
      .getByRole('button', { name: 'Connect' })
      .click()
    await window.getByRole('article', { name: 'Nordlys Outdoor' }).waitFor()
  })

  it('set-up is completed with what is proposed', async () => {
    await follow('Choose what crosses')
    await press('See what would change')
    await window.getByText('bridge nordlys-outdoor made').waitFor()
    await press('Complete set-up')
    await window.getByText('Set-up is complete').waitFor()
  })

  it('a text becomes a ticket, and its answer a text', async () => {
    studio = await context.newPage()
    studio.setDefaultTimeout(20_000)
    await studio.goto(sandbox.controlUrl)
    await studio.getByLabel('Text from Sarah Lind').fill(HOSTILE)
    await studio.getByRole('button', { name: 'Send' }).click()
    await studio.getByRole('button', { name: HOSTILE }).click()
    await studio.getByPlaceholder('The customer gets this as a text.').fill('It is on its way.')
    await studio.getByRole('button', { name: 'Submit reply' }).click()
    await studio
      .getByRole('region', { name: /^Texts on/ })
      .getByText('It is on its way.')
      .waitFor()
  })

  it('and the window tells the whole way, without a reload', async () => {
    await follow('Watch conversations')
    await follow(/Sarah Lind/)
    await window.getByText('The customer texted').waitFor()
    await window.getByText(HOSTILE).first().waitFor()
    await window.getByText('The text was delivered to the customer').first().waitFor()
    expect(await window.title()).not.toContain('broken into')
    // Being signed out is a 401, and the consent page has no icon.
    expect(complaints.filter((line) => !line.startsWith('Failed to load resource'))).toEqual([])
  })
})
