import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPages, pagesFolder } from '../../src/cli/build-pages.ts'
import { createOutsideWorld } from '../../src/cli/demo/outside-world.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import { complaintsOf, findChromium, openBrowser } from '../support/browser.ts'
import { freePorts } from '../support/service-process.ts'

const SARAH = '+14155550111'
const HOSTILE = '<img src=x onerror="document.title=\'broken into\'"> مرحبا 🎿'
const LONG_WORD = 'x'.repeat(400)

const chromium = findChromium()

describe.skipIf(chromium === null)('the studio, over the sandbox alone', () => {
  let sandbox: Sandbox
  let browser: Browser
  let page: Page
  let complaints: readonly string[] = []
  const world = () => createOutsideWorld(sandbox.controlUrl)

  beforeAll(async () => {
    await buildPages('studio')
    sandbox = await startSandbox({
      port: 0,
      zendeskPort: 0,
      klaviyoPort: 0,
      studioFolder: pagesFolder('studio'),
    })
    browser = await openBrowser(chromium ?? '')
  })
  afterAll(async () => {
    await browser?.close()
    await sandbox?.close()
  })
  beforeEach(async () => {
    await world().resets()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(10_000)
    complaints = complaintsOf(page)
  })
  afterEach(async () => {
    await page.close()
    expect(complaints).toEqual([])
  })

  const open = (path = '/') => page.goto(`${sandbox.controlUrl}${path}`)
  const texts = () => page.getByRole('region', { name: /^Texts on/ })

  it('sends what is written on a phone, and shows it and what Klaviyo recorded', async () => {
    await open()
    await page.getByLabel('Text from Sarah Lind').fill('Where is my parcel?')
    await page.getByRole('button', { name: 'Send' }).click()
    await texts().getByText('Where is my parcel?').waitFor()
    await page.getByRole('list', { name: 'Timeline' }).getByText('Sent Text Message').waitFor()
    expect(await world().phone(SARAH)).toMatchObject([
      { direction: 'sent', to: '+18005550100', body: 'Where is my parcel?' },
    ])
  })

  it('shows without a reload what happens elsewhere', async () => {
    await open('/?list=all')
    await page.getByRole('list', { name: 'Tickets' }).getByText('Wrong size').waitFor()
    await world().mailsIn('Just came in', 'Hello', 'kari@example.com')
    await page.getByRole('list', { name: 'Tickets' }).getByText('Just came in').waitFor()
  })

  it('lets any agent answer, with a note or in public, and submit a status', async () => {
    const { id } = await world().mailsIn('Help', 'Hello', 'kari@example.com')
    await open(`/?list=all&ticket=${id}`)
    await page.getByLabel('Answer as').selectOption('bo@example.com')
    await page.getByText('Internal note', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Internal note' }).fill('Be quick.')
    await page.getByRole('button', { name: 'Submit note' }).click()
    await page.getByRole('region', { name: 'Comments' }).getByText('Be quick.').waitFor()
    await page.getByText('Public reply', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Public reply' }).fill('We are on it.')
    await page.getByLabel('Status to submit as').selectOption('pending')
    await page.getByRole('button', { name: 'Submit reply' }).click()
    await page.getByRole('region', { name: 'Comments' }).getByText('We are on it.').waitFor()
    const { status, comments } = await world().ticket(id)
    expect(status).toBe('pending')
    expect(comments.map((comment) => [comment.author.name, comment.public])).toEqual([
      ['kari', true],
      ['Bo Berg', false],
      ['Bo Berg', true],
    ])
  })

  it('texts STOP for the person, and shows what follows', async () => {
    await open()
    await page.getByRole('button', { name: 'Text STOP' }).click()
    await texts().getByText('You are unsubscribed', { exact: false }).waitFor()
    const guide = page.getByRole('region', { name: 'STOP' })
    await expect.poll(() => guide.getByRole('img', { name: 'done' }).count()).toBe(4)
    await page.getByText('Opted out', { exact: true }).waitFor()
    expect((await world().phone(SARAH)).map(({ body }) => body)[0]).toBe('STOP')
  })

  it('lets the carrier refuse the next text, and takes it back', async () => {
    await open()
    await page.getByRole('button', { name: 'Fail the next reply' }).click()
    const warning = page.getByText('The carrier will refuse the next text to this phone.')
    await warning.waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await warning.waitFor({ state: 'detached' })
  })

  it('spoils what is chosen, says so above, and makes all well again', async () => {
    await open('/?side=faults')
    await page.getByLabel('Platform', { exact: true }).selectOption('Zendesk')
    await page.getByLabel('What it does').selectOption('does it, then hangs up')
    await page.getByLabel('At which calls').selectOption('PUT')
    await page.getByRole('button', { name: 'Let it fail' }).click()
    await page.getByRole('list', { name: 'Faults that wait' }).getByText('3 more, PUT').waitFor()
    await page.getByLabel("Klaviyo's webhooks").selectOption('each arrives twice')
    await page.getByRole('switch', { name: 'Both platforms keep their rate limits' }).click()
    await page.getByRole('switch', { name: 'the Conversations API', exact: true }).first().click()
    await page.getByText('switches, 0 changed').click()
    await page.getByLabel('double_opt_in').selectOption('on')
    await page.getByRole('button', { name: '4 faults on, 1 switch changed' }).waitFor()
    const { faults, webhooks, limits, settings } = sandbox.world
    expect(faults.list()).toMatchObject([
      { platform: 'zendesk', match: { method: 'PUT' }, times: 3, fault: { reset: 'after' } },
    ])
    expect([webhooks.klaviyo.behaviour().duplicate, limits.enabled()]).toEqual([1, false])
    expect(settings.get('double_opt_in')).toBe('on')
    await page.getByRole('button', { name: 'All as at first' }).click()
    await page.getByText('Nothing goes wrong now.').waitFor()
    expect([faults.list(), limits.enabled(), settings.get('double_opt_in')]).toEqual([
      [],
      true,
      'off',
    ])
  })

  it("installs Klaviyo's own integration, which needs ticket metrics", async () => {
    await open('/?side=faults')
    await page.getByRole('switch', { name: 'texts as tickets', exact: true }).click()
    await expect.poll(() => page.getByLabel('ticket metrics').isChecked()).toBe(true)
    await page.getByRole('switch', { name: 'ticket metrics', exact: true }).click()
    await expect
      .poll(() => page.getByLabel('texts as tickets', { exact: true }).isChecked())
      .toBe(false)
  })

  it('gives a ticket the whole desk on a phone, and the list back on request', async () => {
    const { id } = await world().mailsIn('Help', 'Hello', 'kari@example.com')
    await page.setViewportSize({ width: 390, height: 844 })
    await open(`/?list=all&ticket=${id}&tab=desk`)
    await page.getByRole('region', { name: 'Comments' }).getByText('Hello').waitFor()
    expect(await page.getByRole('list', { name: 'Tickets' }).count()).toBe(0)
    const submit = await page.getByRole('button', { name: 'Submit reply' }).boundingBox()
    expect((submit?.y ?? 999) + (submit?.height ?? 0)).toBeLessThan(844)
    await page.getByRole('button', { name: 'All tickets and e-mails' }).click()
    await page.getByRole('list', { name: 'Tickets' }).getByText('Wrong size').click()
    await page.getByRole('article', { name: /^Ticket/ }).waitFor()
    expect(await page.getByRole('list', { name: 'Tickets' }).count()).toBe(0)
  })

  it('disables what needs Replyline, and says so beside it', async () => {
    await open('/?side=story')
    await page.getByText('Sandbox alone').waitFor()
    expect(await page.getByRole('button', { name: 'Pull the plug' }).isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: 'Use this on my accounts' }).isDisabled()).toBe(
      true,
    )
    await page.getByText('The story needs Replyline', { exact: false }).waitFor()
  })

  it('moves the emulated clock', async () => {
    await open()
    await page.getByRole('button', { name: '1 hour later' }).click()
    await expect.poll(() => sandbox.world.clock.offsetMs()).toBeGreaterThanOrEqual(3_600_000)
  })

  it('shows hostile words as words, everywhere', async () => {
    const { id } = await world().mailsIn(`${HOSTILE} ${LONG_WORD}`, HOSTILE, 'kari@example.com')
    await world().texts(SARAH, '+18005550100', `${HOSTILE} ${LONG_WORD}`)
    await open(`/?list=all&ticket=${id}`)
    await texts().getByText(HOSTILE, { exact: false }).waitFor()
    await page.getByRole('region', { name: 'Comments' }).getByText(HOSTILE).waitFor()
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.title()).toBe('Replyline studio')
    expect(await widthLeftOver(page)).toBe(0)
  })

  it.each([
    ['light', 1280, 800],
    ['dark', 390, 844],
  ] as const)(
    'fits in %s at %i px, with the promise in sight',
    async (colorScheme, width, height) => {
      const { id } = await world().mailsIn(`${HOSTILE} ${LONG_WORD}`, LONG_WORD, 'kari@example.com')
      await world().texts(SARAH, '+18005550100', LONG_WORD)
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height })
      for (const tab of ['phone', 'desk', 'profile', 'story', 'try']) {
        const side = tab === 'try' ? 'faults' : 'profile'
        await open(`/?list=all&ticket=${id}&tab=${tab}&side=${side}`)
        expect(await page.getByText('Nothing here sends real texts').isVisible()).toBe(true)
        expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(
          colorScheme,
        )
        expect(await widthLeftOver(page), tab).toBe(0)
      }
    },
  )
})

describe.skipIf(chromium === null)('the studio of a sandbox that ends', () => {
  it('says so, and comes back by itself when the sandbox runs again', async () => {
    await buildPages('studio')
    const [port = 0] = await freePorts(1)
    const ports = { port, zendeskPort: 0, klaviyoPort: 0, studioFolder: pagesFolder('studio') }
    const first = await startSandbox(ports)
    const browser = await openBrowser(chromium ?? '')
    const page = await browser.newPage()
    await page.goto(first.controlUrl)
    await page.getByText('Sandbox alone').waitFor()
    await first.close()
    await page.getByText('The sandbox does not answer', { exact: false }).waitFor()
    const second = await startSandbox(ports)
    await createOutsideWorld(second.controlUrl).texts(SARAH, '+18005550100', 'I am back')
    await page
      .getByRole('region', { name: /^Texts on/ })
      .getByText('I am back')
      .waitFor()
    expect(await page.getByText('The sandbox does not answer', { exact: false }).count()).toBe(0)
    await browser.close()
    await second.close()
  })
})

/** By how many pixels the page, or any place in it, holds more than it can show. */
async function widthLeftOver(page: Page): Promise<number> {
  await page.getByRole('heading', { name: 'Replyline studio' }).waitFor()
  return page.evaluate<number>(`Math.max(
    ...[document.documentElement, ...document.querySelectorAll('main, section, article')]
      .map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))`)
}
