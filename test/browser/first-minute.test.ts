import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutsideWorld } from '../../src/cli/demo/outside-world.ts'
import { complaintsOf, findChromium, openBrowser } from '../support/browser.ts'
import { type DemoProcess, startDemo } from '../support/demo-process.ts'

const SARAH = '+14155550111'
const chromium = findChromium()

/** What a newcomer does after `npm run demo`, with nothing but the page before them. */
describe.skipIf(chromium === null)("a newcomer's first minutes", () => {
  let demo: DemoProcess
  let browser: Browser
  let page: Page
  let complaints: readonly string[] = []

  beforeAll(async () => {
    demo = await startDemo()
    browser = await openBrowser(chromium ?? '')
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(20_000)
    complaints = complaintsOf(page)
    await page.goto(demo.url)
  })
  afterAll(async () => {
    await browser?.close()
    await demo?.close()
  })

  const ticked = (guide: string) =>
    page
      .getByRole('region', { name: guide, exact: true })
      .getByRole('img', { name: 'done' })
      .count()

  it('text from a phone, see the ticket, answer, and see the answer on the phone', async () => {
    await page.getByRole('region', { name: 'Your first minute' }).waitFor()
    expect(await ticked('Your first minute')).toBe(0)
    await page.getByLabel('Text from Sarah Lind').fill('Can I still change the address?')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('region', { name: 'Comments' }).getByText('Can I still change').waitFor()
    await page.getByRole('textbox', { name: 'Public reply' }).fill('Yes, until noon.')
    await page.getByRole('button', { name: 'Submit reply' }).click()
    await page
      .getByRole('region', { name: /^Texts on/ })
      .getByText('Yes, until noon.')
      .waitFor()
    await expect.poll(() => ticked('Your first minute')).toBe(4)
    const phone = await createOutsideWorld(demo.url).phone(SARAH)
    expect(phone.filter(({ body }) => body === 'Yes, until noon.')).toHaveLength(1)
  })

  it('see a failed reply told on the ticket', async () => {
    await page.getByRole('button', { name: 'Fail the next reply' }).click()
    await page.getByText('The carrier will refuse the next text to this phone.').waitFor()
    await page.getByRole('textbox', { name: 'Public reply' }).fill('This one never arrives.')
    await page.getByRole('button', { name: 'Submit reply' }).click()
    await page.getByText('did not reach the customer', { exact: false }).waitFor()
    await expect.poll(() => ticked('A failed reply')).toBe(3)
  })

  it('pull the plug, and lose nothing', async () => {
    await page.getByRole('button', { name: 'Pull the plug' }).click()
    await page.getByText('Replyline is down', { exact: true }).waitFor()
    await page.getByText('Replyline is up', { exact: true }).waitFor()
    await expect.poll(() => ticked('Pull the plug'), { timeout: 30_000 }).toBe(4)
  })

  it('read why, and take the bridge along', async () => {
    await page.getByText('Story', { exact: true }).click()
    await page.getByText('7 of 7 steps were seen to happen.', { exact: false }).waitFor()
    await page
      .getByRole('region', { name: 'The story' })
      .getByRole('button', { name: 'Why?' })
      .first()
      .click()
    await page.getByText('The customer had no ticket: one was made.').waitFor()
    await page.getByRole('button', { name: 'Use this on my accounts' }).click()
    await page.getByLabel('bridge.yaml').getByText('ZENDESK_SUBDOMAIN', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    expect(complaints).toEqual([])
  })

  it('follow why into Replyline, where they become the owner and read on', async () => {
    const [replyline] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'In Replyline' }).first().click(),
    ])
    await replyline.waitForURL(/events/)
    const asked = new URL(replyline.url()).pathname
    await replyline.getByText('The set-up token came with the address').waitFor()
    await replyline.getByLabel('Name').fill('ada@example.org')
    await replyline.getByLabel('Password', { exact: true }).fill('a long enough password')
    await replyline.getByLabel('The password again').fill('a long enough password')
    await replyline.getByRole('button', { name: 'Make the owner and sign in' }).click()
    await replyline.getByText('The customer had no ticket: one was made.').first().waitFor()
    const address = new URL(replyline.url())
    expect([address.pathname, address.hash]).toEqual([asked, ''])
  })
})
