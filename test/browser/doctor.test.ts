import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPages } from '../../src/cli/build-pages.ts'
import { ticketWith } from '../../src/cli/demo/look.ts'
import { BRAND_NUMBER, SARAH } from '../../src/cli/demo/people.ts'
import { complaintsOf, findChromium, openBrowser } from '../support/browser.ts'
import { makeOwner } from '../support/owner.ts'
import { type Stack, startStack } from '../support/stack.ts'

/** The number that the bridge has a route for. */
const ROUTED_NUMBER = '+14155550101'

const chromium = findChromium()

describe.skipIf(chromium === null)('the page Doctor, over the sandbox', () => {
  let stack: Stack
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: readonly string[] = []

  beforeAll(async () => {
    await buildPages('window')
    stack = await startStack()
    browser = await openBrowser(chromium ?? '')
    const owner = await makeOwner(stack.service.url)
    const [name = '', value = ''] = owner.cookie.split('=')
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addCookies([{ name, value, url: stack.service.url }])
    for (const number of [BRAND_NUMBER, ROUTED_NUMBER]) {
      await stack.world.texts(SARAH, number, `Is it on its way? (${number})`)
      await ticketWith(stack.world, `Is it on its way? (${number})`)
    }
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.close()
  })
  beforeEach(async () => {
    page = await context.newPage()
    page.setDefaultTimeout(20_000)
    complaints = complaintsOf(page)
  })
  afterEach(() => page.close())

  async function open(): Promise<void> {
    await page.goto(`${stack.service.url}/doctor`)
    await ended()
  }
  const ended = () => page.getByText('Last checked').waitFor()
  const cards = () => page.getByRole('region')
  const grants = (given: object) => stack.control('PUT', '/grants', given)

  it('looks at once, and says that all is in order with every account and bridge by name', async () => {
    await open()
    await page.getByText('Everything is in order').waitFor()
    const names = await cards().evaluateAll((all) => all.map((one) => one.ariaLabel))
    expect(names.sort()).toEqual([
      'Bridge: nordlys',
      'Klaviyo: Nordlys Outdoor',
      'Replyline itself',
      expect.stringMatching(/^Zendesk: 127\.0\.0\.1/),
    ])
    expect(complaints).toEqual([])
  })

  it('puts what is wrong first, with its remedy and what works until then, when asked again', async () => {
    await open()
    await grants({ conversations: false })
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.getByText('1 problem;').waitFor()
    await grants({ conversations: true })
    const first = cards().first()
    expect(await first.getAttribute('aria-label')).toBe('Klaviyo: Nordlys Outdoor')
    const row = first.getByRole('listitem').first()
    expect(await row.textContent()).toMatch(
      /ProblemKlaviyo has not enabled the Conversations API.*To mend it: Ask Klaviyo.*Until then: Texts become tickets/,
    )
    expect(complaints).toEqual([])
  })

  it('keeps what it found while other pages are open, and asks nobody again', async () => {
    await open()
    const asked: string[] = []
    page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await page.getByRole('link', { name: 'Doctor' }).click()
    await ended()
    expect(asked.filter((line) => line.endsWith('/api/doctor'))).toEqual([])
  })

  it('leads from a remedy to the page that it speaks of', async () => {
    await stack.control('POST', '/oauth/revoke', { platform: 'zendesk' })
    const fault = { status: 401, body: { error: 'invalid_client' } }
    const match = { method: 'POST', path: '/oauth/tokens' }
    await stack.control('POST', '/faults', { platform: 'zendesk', match, times: 99, fault })
    await open()
    await page.getByRole('link', { name: 'Open Connections' }).first().click()
    await page.waitForURL(/\/connections$/)
    await fetch(`${stack.sandbox.controlUrl}/control/faults`, { method: 'DELETE' })
  })

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open()
    for (const summary of await page.locator('summary').all()) await summary.click()
    const isWider = 'document.documentElement.scrollWidth > window.innerWidth'
    expect(await page.evaluate<boolean>(isWider)).toBe(false)
  })

  it('says when the service does not answer, and asks again when told', async () => {
    await open()
    await stack.service.kill()
    await page.getByRole('button', { name: 'Check again' }).click()
    await page.getByRole('alert').getByText('Replyline did not answer').waitFor()
    await stack.service.start()
    await page.getByRole('button', { name: 'Ask again' }).click()
    await ended()
  })
})
