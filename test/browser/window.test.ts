import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
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

/** What a browser tells a page when its tab goes to the background, or comes back. */
const turn = (tab: Page, { isHidden }: { readonly isHidden: boolean }) =>
  tab.evaluate(`
    Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  `)

describe.skipIf(chromium === null)("the operator's window, over the sandbox", () => {
  let stack: Stack
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: string[] = []
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
    complaints = complaintsOf(page) as string[]
  })
  afterEach(async () => {
    await page.close()
    expect(complaints).toEqual([])
  })

  const open = (path: string) => page.goto(`${stack.service.url}${path}`)
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  const rows = () => page.getByRole('list', { name: 'Found' }).getByRole('listitem')
  const isInView = async (what: Locator) => {
    const { y, height } = (await what.boundingBox()) ?? { y: -1, height: 0 }
    return y >= 0 && y + height <= (page.viewportSize()?.height ?? 0)
  }
  const scrollsSideways = () =>
    page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth')

  it('shows the bridge, who is signed in, and that nothing here sends real texts', async () => {
    await open('/')
    const card = page.getByRole('region', { name: 'Bridge nordlys' })
    await card.getByText("The text was delivered to the customer's phone.").waitFor()
    await page.getByText('Sandbox').first().waitFor()
    await page.getByText(OWNER.name).waitFor()
    await page.getByRole('link', { name: 'Bridges: All is well' }).waitFor()
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

  it('leaves room for a seventh tab, and shows who comes back what happened meanwhile', async () => {
    const others = await browser.newContext()
    await others.addCookies(await context.cookies())
    const tabs = await Promise.all(Array.from({ length: 7 }, () => others.newPage()))
    for (const tab of tabs) {
      await tab.goto(`${stack.service.url}/conversations?search=%23${ticketId}`)
      await tab.getByRole('list', { name: 'Found' }).getByRole('link').first().click()
      await tab.getByText(HOSTILE, { exact: true }).waitFor()
      await turn(tab, { isHidden: true })
    }
    await stack.world.texts(SARAH, BRAND_NUMBER, 'Are you there?')
    for (const tab of tabs) {
      await turn(tab, { isHidden: false })
      await tab.getByText('Are you there?', { exact: true }).waitFor()
      await turn(tab, { isHidden: true })
    }
    await others.close()
  })

  it('shows what failed, with what a person can do', async () => {
    await stack.control('PUT', `/phones/${encodeURIComponent(SARAH)}/failure`, {
      type: 'Message Blocked',
      times: 1,
    })
    await open('/problems')
    await page.getByText('Nothing failed').waitFor()
    await stack.world.comments(ticketId, { agentEmail: ALVA, body: 'Anything else?', public: true })
    const problem = page.getByRole('article', {
      name: /^The answer to Sarah Lind did not reach the phone: Klaviyo blocked it/,
    })
    await problem.getByText('Anything else?', { exact: true }).waitFor()
    await problem.getByText('Do not answer by text; reach the customer by e-mail').waitFor()
    const ticket = problem.getByRole('link', { name: `Ticket #${ticketId}` })
    expect(await ticket.getAttribute('href')).toContain(`/agent/tickets/${ticketId}`)
    await page.getByRole('link', { name: 'Bridges: 1 failed' }).waitFor()
    await problem.getByRole('link', { name: 'Conversation with Sarah Lind' }).click()
    await page.getByText('Anything else?', { exact: true }).waitFor()
  })

  it('opens a long conversation at its problem, and hides our own writes until asked', async () => {
    await open('/conversations?search=lind')
    await rows().getByRole('link').first().click()
    const timeline = page.getByRole('list', { name: 'Timeline' })
    const problem = timeline.getByText('Anything else?', { exact: true })
    await problem.waitFor()
    await expect.poll(() => isInView(problem)).toBe(true)
    const echo = timeline.getByText('a comment that Replyline itself had written')
    expect(await echo.count()).toBe(0)
    await page.getByRole('button', { name: /^Show all/ }).click()
    await echo.first().waitFor()
    await page.getByRole('link', { name: '↑ Oldest' }).click()
    await expect.poll(() => isInView(heading('Sarah Lind'))).toBe(true)
  })

  it('says why for any id', async () => {
    await open('/events')
    await page.getByLabel('Id', { exact: true }).fill(`#${ticketId}`)
    await page.keyboard.press('Enter')
    await page.getByRole('article', { name: 'A ticket was opened' }).waitFor()
  })

  it('offers to search conversations for what is no id', async () => {
    await open('/events')
    await page.getByLabel('Id', { exact: true }).fill('Sarah')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Search conversations for “Sarah”' }).click()
    await rows().getByText('Sarah Lind').waitFor()
    expect(complaints.splice(0)).toEqual([expect.stringContaining('404')])
  })

  it('says at its field what is wrong with a bridge', async () => {
    await open('/connections/bridges/nordlys')
    await page.getByRole('button', { name: 'Add a number' }).click()
    const row = page.getByRole('group', { name: /^Number \d/ }).last()
    await row.getByLabel('Number', { exact: true }).fill('banana')
    await page.getByRole('button', { name: 'Save' }).click()
    await page
      .getByRole('alert')
      .getByText(/^Numbers, row \d: write it like/)
      .waitFor()
    await row.getByText(/^write it like/).waitFor()
    expect(complaints.splice(0)).toEqual([expect.stringMatching(/40[09]|422/)])
  })

  it.each([
    ['/', 'Last text in'],
    ['/conversations', 'Sarah Lind'],
    ['/problems', 'Do not answer by text'],
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
    await page.getByRole('button', { name: 'Open the menu' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Open the menu' }).waitFor()
  })
})
