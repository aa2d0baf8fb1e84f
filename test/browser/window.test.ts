import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPages } from '../../src/cli/build-pages.ts'
import { ticketWith } from '../../src/cli/demo/look.ts'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import { ALVA, BRAND_NUMBER, SARAH } from '../../src/cli/demo/people.ts'
import { complaintsOf, findChromium, openBrowser } from '../support/browser.ts'
import { makeOwner, OWNER } from '../support/owner.ts'
import { type Stack, startStack } from '../support/stack.ts'

const HOSTILE = '<img src=x onerror="document.title=\'broken into\'"> مرحبا 🎿'
const PHONE = { width: 390, height: 844 }

const chromium = findChromium()

describe.skipIf(chromium === null)("the operator's window, over the sandbox", () => {
  let stack: Stack
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: readonly string[] = []
  let ticketId: number

  beforeAll(async () => {
    await buildPages('window')
    stack = await startStack()
    browser = await openBrowser(chromium ?? '')
    const owner = await makeOwner(stack.service.url)
    const [name = '', value = ''] = owner.cookie.split('=')
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addCookies([{ name, value, url: stack.service.url }])
    await stack.world.texts(SARAH, BRAND_NUMBER, HOSTILE)
    ticketId = (await ticketWith(stack.world, HOSTILE)).id
    await stack.world.comments(ticketId, { agentEmail: ALVA, body: 'On its way.', public: true })
    await eventually('the answer on the phone', async () =>
      (await stack.world.phone(SARAH)).some(({ body }) => body === 'On its way.'),
    )
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.close()
  })
  beforeEach(async () => {
    page = await context.newPage()
    page.setDefaultTimeout(10_000)
    complaints = complaintsOf(page)
  })
  afterEach(async () => {
    await page.close()
    expect(complaints).toEqual([])
  })

  const open = (path: string) => page.goto(`${stack.service.url}${path}`)
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  const rows = () => page.getByRole('list', { name: 'Found' }).getByRole('listitem')
  const scrollsSideways = () =>
    page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth')

  it('shows the bridge, who is signed in, and that nothing here sends real texts', async () => {
    await open('/')
    const card = page.getByRole('region', { name: 'Bridge nordlys' })
    await card.getByText("The text was delivered to the customer's phone.").waitFor()
    await page.getByText('Sandbox').first().waitFor()
    await page.getByText(OWNER.name).waitFor()
    await page.getByRole('link', { name: 'Bridges: Connected' }).waitFor()
  })

  it('finds a conversation as its number is typed, and keeps the search in the address', async () => {
    await open('/conversations')
    await rows().first().waitFor()
    await page.getByLabel('Search').pressSequentially('415 555 0111')
    await page.waitForURL(/search=/)
    await expect.poll(() => rows().count()).toBe(1)
    await page.reload()
    expect(await page.getByLabel('Search').inputValue()).toBe('415 555 0111')
    await page.getByLabel('Search').fill('+4700000000')
    await page.getByText('No conversation matches').waitFor()
  })

  it('tells a conversation in its own words, which stay words', async () => {
    await open(`/conversations?search=%23${ticketId}`)
    await rows().getByRole('link').first().click()
    const timeline = page.getByRole('list', { name: 'Timeline' })
    await timeline.getByText(HOSTILE, { exact: true }).waitFor()
    await timeline.getByText('On its way.', { exact: true }).waitFor()
    await timeline.getByText('The customer had no ticket: one was made.').first().waitFor()
    expect(await page.title()).toBe('Sarah Lind · Replyline')
    const link = page.getByRole('link', { name: `#${ticketId}` }).first()
    expect(await link.getAttribute('href')).toContain(`/agent/tickets/${ticketId}`)
  })

  it('shows a new text without a reload', async () => {
    await open(`/conversations?search=%23${ticketId}`)
    await rows().getByRole('link').first().click()
    await page.getByText(HOSTILE, { exact: true }).waitFor()
    await stack.world.texts(SARAH, BRAND_NUMBER, 'Thank you!')
    await page.getByText('Thank you!', { exact: true }).waitFor()
  })

  it('shows what failed, with what a person can do', async () => {
    await stack.control('PUT', `/phones/${encodeURIComponent(SARAH)}/failure`, {
      type: 'Message Blocked',
      times: 1,
    })
    await open('/problems')
    await page.getByText('Nothing failed').waitFor()
    await stack.world.comments(ticketId, { agentEmail: ALVA, body: 'Anything else?', public: true })
    await page.getByText("The text did not reach the customer's phone.").waitFor()
    await page.getByText('Reach the customer in another way, or answer again later.').waitFor()
    await page.getByRole('link', { name: 'Conversation', exact: true }).click()
    await page.getByText('Anything else?', { exact: true }).waitFor()
  })

  it('says why for any id', async () => {
    await open('/events')
    await page.getByLabel('Id').fill(`#${ticketId}`)
    await page.keyboard.press('Enter')
    await page.getByRole('article', { name: 'A ticket was opened' }).waitFor()
  })

  it.each([
    ['/', 'Last text in'],
    ['/conversations', 'Sarah Lind'],
    ['/problems', 'Reach the customer in another way'],
    ['/events', 'Any id will do'],
    ['/nowhere', 'There is no such page'],
  ])('fits a phone: %s', async (path, content) => {
    await page.setViewportSize(PHONE)
    await open(path)
    await page.getByText(content).first().waitFor()
    expect(await scrollsSideways()).toBe(false)
  })

  it('is led through by its menu on a phone', async () => {
    await page.setViewportSize(PHONE)
    await open('/')
    await page.getByRole('button', { name: 'Open the menu' }).click()
    await page.getByRole('link', { name: 'Problems' }).first().click()
    await heading('Problems').waitFor()
  })
})
