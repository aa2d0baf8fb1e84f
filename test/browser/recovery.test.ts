import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildPages } from '../../src/cli/build-pages.ts'
import { ticketWith } from '../../src/cli/demo/look.ts'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import { ALVA, BRAND_NUMBER, PHONE_ONLY, SARAH } from '../../src/cli/demo/people.ts'
import { complaintsOf, findChromium, openBrowser } from '../support/browser.ts'
import { type Operator, operatorOf } from '../support/operator.ts'
import { makeOwner, OWNER } from '../support/owner.ts'
import { type Stack, startStack } from '../support/stack.ts'

/*
 * What a person does about what failed, from the window. Every button is reached by the keyboard alone. One file,
 * although a long one: browser, service and sandbox take longer to start than most of its tests.
 */

const PHONE = { width: 390, height: 844 }
/** More than a page has stops, so that one that cannot be reached is told as that. */
const MOST_STOPS = 80

const chromium = findChromium()

describe.skipIf(chromium === null)('what failed, in the window', () => {
  let stack: Stack
  let ask: Operator
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let ticketId: number
  /** What the page complained of; a test takes out what it provoked. */
  let complaints: string[] = []

  beforeAll(async () => {
    await buildPages('window')
    stack = await startStack()
    ask = await operatorOf(stack)
    browser = await openBrowser(chromium ?? '')
    const owner = await makeOwner(stack.service.url)
    const [name = '', value = ''] = owner.cookie.split('=')
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    await context.addCookies([{ name, value, url: stack.service.url }])
    await stack.world.texts(SARAH, BRAND_NUMBER, 'Where is my parcel?')
    ticketId = (await ticketWith(stack.world, 'Where is my parcel?')).id
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.close()
  })
  beforeEach(async () => {
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
    complaints = complaintsOf(page) as string[]
  })
  afterEach(async () => {
    await stack.control('DELETE', '/faults')
    await page.close()
    expect(complaints).toEqual([])
  })

  const open = (path: string) => page.goto(`${stack.service.url}${path}`)
  const refuses = (platform: string, path: string, times: number, fault: object) =>
    stack.control('POST', '/faults', {
      ...{ platform, times, fault },
      match: { method: 'POST', path },
    })
  const refusesText = () =>
    refuses('klaviyo', '/api/conversation-messages', 1, {
      status: 400,
      body: {
        errors: [{ id: 'x', status: 400, code: 'invalid', title: 'No', detail: 'Too spicy.' }],
      },
    })
  const refusesTickets = (times: number) =>
    refuses('zendesk', '/api/v2/tickets', times, {
      status: 422,
      body: { error: 'RecordInvalid', description: 'Requester is suspended' },
    })
  const reply = (body: string) =>
    stack.world.comments(ticketId, { agentEmail: ALVA, body, public: true })
  const received = async () =>
    (await stack.world.phone(SARAH))
      .filter(({ direction }) => direction === 'received')
      .map(({ body }) => body)
  const arrives = (words: string) =>
    eventually(`${words} on the phone`, async () => (await received()).includes(words))
  const comments = async () => {
    const tickets = await stack.world.tickets()
    const whole = await Promise.all(tickets.map(({ id }) => stack.world.ticket(id)))
    return whole.flatMap((ticket) => ticket.comments.map(({ body }) => body))
  }
  const card = (words: string) => page.getByRole('article').filter({ hasText: words })
  const button = (within: Page | Locator, name: string) =>
    within.getByRole('button', { name, exact: true })
  const hasFocus = async (target: Locator) =>
    (await target.and(page.locator(':focus')).count()) === 1

  /** Goes there by the keyboard alone. */
  async function reach(target: Locator): Promise<void> {
    await target.waitFor()
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      if (await hasFocus(target)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`${target} is not reached by the keyboard`)
  }
  async function press(target: Locator): Promise<void> {
    await reach(target)
    await page.keyboard.press('Enter')
  }

  /** A refused answer, its card in view. */
  async function refusedAnswer(words: string): Promise<Locator> {
    await refusesText()
    await reply(words)
    await open('/problems')
    await card(words).waitFor()
    return card(words)
  }

  it('tells what was sent and refused, tries an answer again, and says what happens now', async () => {
    const problem = await refusedAnswer('Tomorrow at noon.')
    await press(problem.getByText('Details'))
    const wire = problem.locator('pre')
    expect(await wire.textContent()).toMatch(
      /^POST \/api\/conversation-messages\n[\s\S]*Tomorrow at noon\.[\s\S]*HTTP 400\n[\s\S]*Too spicy\./,
    )
    await problem.getByText('Secrets, addresses and numbers are hidden.').waitFor()
    await press(button(problem, 'Add a note'))
    await page.keyboard.type('The filter is mended.')
    await press(button(problem, 'Try again'))
    await page.getByText("It is sent again, in this customer's turn.").waitFor()
    expect(await hasFocus(page.getByRole('article'))).toBe(true)
    await arrives('Tomorrow at noon.')
    await page.getByRole('link', { name: 'Bridges: All is well' }).waitFor()
    await page.getByRole('link', { name: 'Conversation with Sarah Lind' }).click()
    await page.getByText('A person has dealt with it.').waitFor()
    const told = page.getByText(`${OWNER.name} had it tried again: The filter is mended.`)
    await told.locator('xpath=ancestor::details').locator('summary').first().click()
    await told.waitFor()
  })

  it('sends an answer in other words, but never without any', async () => {
    const problem = await refusedAnswer('Bloody soon.')
    const change = button(problem, 'Change the words…')
    await press(change)
    const words = problem.getByLabel('The words')
    expect([await hasFocus(words), await words.inputValue()]).toEqual([true, 'Bloody soon.'])
    await page.keyboard.press('Escape')
    expect(await hasFocus(change)).toBe(true)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await press(button(problem, 'Send these words'))
    await problem.getByText('A text needs words.').waitFor()
    await words.fill('Very soon.')
    await press(button(problem, 'Send these words'))
    await arrives('Very soon.')
    expect(await received()).not.toContain('Bloody soon.')
  })

  it('says that it is not known when no answer came, and does not repeat it by itself', async () => {
    const problem = await refusedAnswer('Never mind.')
    await page.route('**/api/problems/*/retry', (route) => route.abort())
    await press(button(problem, 'Try again'))
    await problem.getByRole('alert').getByText('not known whether it was done').waitFor()
    await page.unroute('**/api/problems/*/retry')
    expect(await received()).not.toContain('Never mind.')
    await press(button(problem, 'Discard…'))
    await problem.getByText('Nothing will be sent or written for it.').waitFor()
    await press(button(problem, 'Discard it'))
    await page.getByText('Discarded. Nothing is sent or written for it.').waitFor()
    expect(complaints.splice(0)).toEqual([expect.stringContaining('ERR_FAILED')])
  })

  it('shows on the card why something is refused, even when it left the list meanwhile', async () => {
    const problem = await refusedAnswer('Too late for this.')
    const { body } = await ask('GET', '/problems')
    const [{ id }] = (body as { problems: [{ id: string }] }).problems
    // The list on the screen is older than what a colleague just did.
    await page.route('**/api/problems?*', (route) => route.abort())
    expect(await ask('POST', `/problems/${id}/discard`, {})).toMatchObject({ status: 200 })
    await press(button(problem, 'Try again'))
    const alert = problem.getByRole('alert')
    await alert.getByText('Somebody has dealt with it already.').waitFor()
    await page.unroute('**/api/problems?*')
    await stack.world.texts(SARAH, BRAND_NUMBER, 'Something changes.')
    await page.getByRole('link', { name: 'Bridges: All is well' }).waitFor()
    await alert.waitFor()
    expect(complaints.splice(0).join()).toContain('409')
  })

  it('discards those that were selected, after asking once more', async () => {
    await refusesTickets(2)
    for (const words of ['Spam one', 'Spam two'])
      await stack.world.texts(PHONE_ONLY, BRAND_NUMBER, words)
    await open('/problems')
    await card('Spam one').waitFor()
    await card('Spam two').waitFor()
    const all = page.getByLabel('Select all shown (2)')
    await reach(all)
    await page.keyboard.press('Space')
    await press(button(page, 'Discard 2…'))
    await press(button(page, 'Discard 2'))
    await page.getByText('Done: 2 of 2 discarded, 0 left as they were.').waitFor()
    await page.getByText('Nothing failed', { exact: true }).waitFor()
  })

  it('tries all again since a time, and leaves alone what may have arrived until a person says so', async () => {
    await refuses('klaviyo', '/api/conversation-messages', 1, { reset: 'before' })
    await reply('Did you get this?')
    await eventually('the wait for a report', async () => {
      const { bridges } = (await ask('GET', '/overview')).body as {
        bridges: { waiting: { isInLine: boolean }[] }[]
      }
      return bridges[0]?.waiting.some(({ isInLine }) => !isInLine)
    })
    await stack.control('POST', '/clock', { advanceMs: 130_000 })
    await refusesTickets(1)
    await stack.world.texts(PHONE_ONLY, BRAND_NUMBER, 'A real one')
    await open('/problems')
    await card('A real one').waitFor()
    await card('Did you get this?').waitFor()
    await press(button(page, 'Try all again since…'))
    expect(await hasFocus(page.getByLabel('What came since'))).toBe(true)
    await press(button(page, 'Try them again'))
    await page.getByText('Done: 1 tried again, 1 left as it was.').waitFor()
    await page.getByText('1: It is not known whether this text arrived.').waitFor()
    await eventually('the text', async () => (await comments()).includes('A real one'))
    const unknown = card('Did you get this?')
    expect(await received()).not.toContain('Did you get this?')
    await press(button(unknown, 'Try again…'))
    await unknown.getByText('It may arrive twice.').waitFor()
    await press(button(unknown, 'Send it all the same'))
    await arrives('Did you get this?')
  })

  it('pauses an account, lets go one by one what waits, and resumes', async () => {
    await open('/connections')
    await press(button(page, 'Pause Klaviyo'))
    await page.getByText('One that waits for more than 4 hours is not sent').waitFor()
    await press(button(page.getByRole('form', { name: 'Pause Klaviyo?' }), 'Pause Klaviyo'))
    await page.getByRole('link', { name: 'Bridges: Klaviyo is paused' }).waitFor()
    await page.getByText(`Klaviyo was paused by ${OWNER.name}`).waitFor()
    const held = await heldReply()
    await open(`/events/${ticketId}`)
    const work = card('Klaviyo was paused by').first()
    await press(button(work, 'Try now'))
    await page.getByText('It is tried now.').waitFor()
    await reply('Not this one.')
    await open(`/events/${ticketId}`)
    await button(page, 'Try now').waitFor()
    const newest = page
      .getByRole('article')
      .filter({ has: button(page, 'Discard…'), hasNot: button(page, 'Try now') })
    await press(button(newest, 'Discard…'))
    await press(button(newest, 'Discard it'))
    await page.getByText(`${OWNER.name} discarded it.`).waitFor()
    await open('/')
    await press(button(page, 'Resume Klaviyo'))
    await page.getByRole('link', { name: 'Bridges: All is well' }).waitFor()
    await arrives(held)
    expect(await received()).not.toContain('Not this one.')
  })

  it('shows without a reload that a colleague paused an account, and resumed it', async () => {
    const { body } = await ask('GET', '/connections')
    const { connections } = body as { connections: { id: string; platform: string }[] }
    const id = connections.find(({ platform }) => platform === 'zendesk')?.id
    await open('/')
    await page.getByRole('link', { name: 'Bridges: All is well' }).waitFor()
    await ask('POST', `/connections/${id}/pause`)
    await page.getByText('Zendesk was paused by token tester').waitFor()
    await ask('POST', `/connections/${id}/resume`)
    await page.getByRole('link', { name: 'Bridges: All is well' }).waitFor({ timeout: 50_000 })
  })

  /** An answer that waits; those before it went out, until the service had heard of the pause. */
  async function heldReply(): Promise<string> {
    for (let n = 1; ; n += 1) {
      const body = `Held ${n}.`
      await reply(body)
      const became = await eventually(`what became of ${body}`, async () => {
        const { bridges } = (await ask('GET', '/overview')).body as {
          bridges: { waiting: { for: string }[] }[]
        }
        const isHeld = bridges[0]?.waiting.some((group) => group.for.includes('was paused'))
        return isHeld ? 'held' : (await received()).includes(body) && 'sent'
      })
      if (became === 'held') return body
    }
  }

  it('decides an event again, or all since a time, and nothing twice', async () => {
    await switchTexts(false)
    const eventId = await eventually('the switch to be noticed', ignoredText)
    const other = await stack.world.texts(SARAH, BRAND_NUMBER, 'Ignored as well.')
    expect(await reasonOf(other.eventId)).toBe('sms_not_enabled')
    await switchTexts(true)
    await open(`/events/${eventId}`)
    await press(button(page, 'Decide again…'))
    await page.getByText('What was done already is not done again').waitFor()
    await press(button(page, 'Decide it again'))
    await page.getByText('It is decided again in a moment').waitFor()
    await page.getByText(`${OWNER.name} had it decided again.`).waitFor()
    await page.getByText('sms_not_enabled').waitFor({ state: 'detached' })
    await eventually('its text', async () => (await comments()).some((one) => /^Anybody/.test(one)))
    await open('/problems')
    await press(button(page, 'Replay since…'))
    await press(button(page, 'Decide them again'))
    await page.getByText(/^Done: \d+ decided again/).waitFor()
    await eventually('the other', async () => (await comments()).includes('Ignored as well.'))
    await open(`/events/${eventId}`)
    await press(button(page, 'Decide again…'))
    await press(button(page, 'Decide it again'))
    await page.getByRole('alert').getByText('It did not fail, so there is nothing to do').waitFor()
    expect((await comments()).filter((one) => one === 'Ignored as well.')).toHaveLength(1)
    expect(complaints.splice(0)).toEqual([expect.stringContaining('409')])
  })

  it('can be stopped among many, survives a lost answer, and goes on from there', async () => {
    let answer: () => void = () => undefined
    const mayAnswer = new Promise<void>((resolve) => {
      answer = resolve
    })
    const pages = '**/api/events/replay'
    await page.route(pages, async (route) => {
      await mayAnswer
      await route.continue()
    })
    await open('/problems')
    await press(button(page, 'Replay since…'))
    await press(button(page, 'Decide them again'))
    await press(button(page, 'Stop'))
    await page.getByText(/^Stopping after this page/).waitFor()
    answer()
    await page.getByText(/^Stopped: 0 decided again, 25 had nothing/).waitFor()
    await page.unroute(pages)
    await page.route(pages, (route) => route.abort())
    await press(button(page, 'Go on'))
    await page.getByText(/^Interrupted: 0 decided again, 25 had nothing/).waitFor()
    await page.unroute(pages)
    await press(button(page, 'Go on'))
    await page.getByText(/^Done: 0 decided again/).waitFor()
    await press(button(page, 'Close'))
    expect(await hasFocus(button(page, 'Try all again since…'))).toBe(true)
    expect(await received()).not.toContain('Not this one.')
    expect(complaints.splice(0)).toEqual([expect.stringContaining('ERR_FAILED')])
  })

  async function switchTexts(enabled: boolean): Promise<void> {
    const { bridges } = (await ask('GET', '/bridges')).body as {
      bridges: [{ name: string; zendeskId: string; klaviyoId: string; settings: { sms: object } }]
    }
    const [{ name, settings, zendeskId, klaviyoId }] = bridges
    const choices = { ...settings, sms: { ...settings.sms, enabled }, zendeskId, klaviyoId }
    expect(await ask('PUT', `/bridges/${name}`, choices)).toMatchObject({ status: 200 })
  }

  type Stories = { events: { id: string; work: { reason: string | null }[] }[] }
  let asked = 0
  const reasonOf = (id: string) =>
    eventually('a decision', async () => {
      const { status, body } = await ask('GET', `/events/${id}`)
      return status === 200 && (body as Stories).events[0]?.work[0]?.reason
    })
  /** The event of a text that made nothing because texts are off; null while the service still takes them. */
  async function ignoredText(): Promise<string | null> {
    asked += 1
    const { eventId } = await stack.world.texts(SARAH, BRAND_NUMBER, `Anybody there? ${asked}.`)
    return (await reasonOf(eventId)) === 'sms_not_enabled' ? eventId : null
  }

  it.each([
    ['/problems', 'Try all again since…'],
    ['/problems', 'Replay since…'],
    ['/connections', 'Pause Zendesk'],
  ])('fits a phone, what is asked included: %s, %s', async (path, name) => {
    await page.setViewportSize(PHONE)
    await open(path)
    await button(page, name).click()
    await page.getByRole('form').first().waitFor()
    const isWider = 'document.documentElement.scrollWidth > window.innerWidth'
    expect(await page.evaluate<boolean>(isWider)).toBe(false)
  })
})
