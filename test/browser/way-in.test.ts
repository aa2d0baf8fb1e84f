import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, openBrowser } from '../support/browser.ts'
import { until } from '../support/embedded-owner-process.ts'
import { type CliRun, endCli, startCli } from '../support/run-cli.ts'

/*
 * A person's first minutes: the address that a first start printed, opened in a real browser while the
 * pages may still be built, the first owner, and the way out and in again.
 */

const chromium = findChromium()
const PASSWORD = 'a long enough password'

let folder: string
let service: CliRun
let browser: Browser
let page: Page
let address: string
/** What the browser refused to run or to load, which only a wrong policy makes it do. */
const violations: string[] = []

beforeAll(async () => {
  if (chromium === null) return
  folder = await mkdtemp(join(tmpdir(), 'replyline-way-in-'))
  service = startCli(['start'], { folder, env: { LOG_LEVEL: 'silent' } })
  const printed = () => /^Open (\S+)/m.exec(service.output.stdout)?.[1]
  await until('it says what to open', async () => printed() !== undefined, 60_000)
  address = printed() ?? ''
  browser = await openBrowser(chromium ?? '')
  page = await browser.newPage()
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text())
  })
  page.on('pageerror', (error) => violations.push(error.message))
})
afterAll(async () => {
  await browser?.close()
  if (service !== undefined) await endCli(service)
  if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const cookies = async () => (await page.context().cookies()).map(({ name }) => name)

async function choosePassword(password: string, again: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('The password again').fill(again)
  await press('Make the owner and sign in')
}

describe.skipIf(chromium === null)('the first minutes', () => {
  it('begin with the printed address, of which the browser keeps no token', async () => {
    await page.goto(address)
    await page.getByRole('heading', { name: 'Make the first owner' }).waitFor()
    await page.getByText('The set-up token came with the address').waitFor()
    expect([address.includes('#setup='), page.url().includes('setup')]).toEqual([true, false])
  })

  it('tell in place what is wrong, and put the cursor there', async () => {
    await page.getByLabel('Name').fill('ada@example.org')
    await choosePassword('short', 'shorter')
    await page.getByText('Use at least 12 characters.').waitFor()
    await page.getByText('The two passwords differ.').waitFor()
    await page.getByLabel('Password', { exact: true }).and(page.locator(':focus')).waitFor()
    expect(await cookies()).toEqual([])
  })

  it('make the owner, who is in at once and stays in', async () => {
    await choosePassword(PASSWORD, PASSWORD)
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
    expect((await cookies()).toSorted()).toEqual(['replyline_browser', 'replyline_session'])
  })

  it('let the owner out, and back in with the password alone', async () => {
    await press('Sign out')
    await page.getByLabel('Name').fill('ada@example.org')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.keyboard.press('Enter')
    await page.getByText('The name or the password is wrong.').waitFor()
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
  })

  it('leave an address that asks everybody else to sign in', async () => {
    const stranger = await browser.newPage()
    await stranger.goto(address)
    await stranger.getByRole('heading', { name: 'Sign in' }).waitFor()
    await stranger.waitForURL((url) => url.hash === '')
    await stranger.close()
  })

  it('ran into nothing that the Content-Security-Policy forbids', () => {
    expect(violations).toEqual([])
  })
})
