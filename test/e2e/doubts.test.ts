import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectedByConsent } from '../support/connected-by-consent.ts'
import { listSwitches, otherReadings, type Reading } from '../support/doubt-readings.ts'
import {
  ACCOUNT_NUMBER,
  type DoubtStory,
  doubtStory,
  type Expected,
  USUAL,
} from '../support/doubt-story.ts'
import type { OperatorBrowser } from '../support/operator-browser.ts'
import { makeOwner } from '../support/owner.ts'
import { type Stack, startStack } from '../support/stack.ts'

/*
 * What nobody outside knows of the platforms, the sandbox has as switches. Under each other value of each
 * of them, alone, both accounts are approved anew, a bridge is made, and a customer's conversation goes
 * through the real service. The switches are asked of the sandbox: a new one is played without being named here.
 */

/** Where a reading makes something else of the story, by nature of what the platform then does. */
const OTHERWISE: Readonly<Record<string, Partial<Expected>>> = {
  'auto_responder = on': { autoResponses: 4 },
  'reply_number = account_default': {
    answerFrom: ACCOUNT_NUMBER,
    told: [/went out from \+18005550100, not from the number that the customer had texted/],
  },
  // Then nobody can tell which number was texted, so that no route applies and no number is wrong.
  'inbound_to_number = absent': { brand: 'Nordlys' },
  'unsubscribed_reply = refused': { toldAfterStop: /was not sent: / },
  'conversations = false': {
    answerFrom: null,
    told: [/was not sent: Klaviyo has not enabled sending by API .* conversations:write/],
    toldAfterStop: /was not sent: Klaviyo has not enabled sending by API/,
  },
}

/** Without this there is no bridge; making one says why. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'webhooks = false': /the account may not use system webhooks, or the key lacks webhooks:write/,
}

const SWITCHES = await listSwitches()
const READINGS = otherReadings(SWITCHES)
const DEFAULTS = Object.fromEntries(SWITCHES.map(({ name, default: usual }) => [name, usual]))
const SMS = {
  brand: 'Nordlys',
  routes: [{ number: '+14155550101', brand: 'Fjell', tags: ['fjell'] }],
}

let stack: Stack
let browser: OperatorBrowser
const played: DoubtStory[] = []

beforeAll(async () => {
  stack = await startStack()
  browser = await makeOwner(stack.service.url)
  await makeClosingRule()
})
afterAll(() => stack?.close())

/** As Klaviyo's guide advises, but sooner than its 24 hours. */
async function makeClosingRule(): Promise<void> {
  const solved = [
    { field: 'status', operator: 'is', value: 'solved' },
    { field: 'SOLVED', operator: 'greater_than', value: '1' },
  ]
  const automation = {
    ...{ title: 'Close after two hours', all: solved },
    actions: [{ field: 'status', value: 'closed' }],
  }
  const key = Buffer.from('admin@example.com/token:sandbox-api-token').toString('base64')
  const made = await fetch(`${stack.sandbox.zendeskUrl}/api/v2/automations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${key}` },
    body: JSON.stringify({ automation }),
  })
  expect(made.status).toBe(201)
}

/** Only this reading, and both accounts as if never met before. */
async function begin({ settings, grants }: Reading): Promise<void> {
  await browser.send('DELETE', '/api/bridges/nordlys')
  await stack.control('PUT', '/settings', { ...DEFAULTS, ...settings })
  await stack.control('PUT', '/grants', { conversations: true, webhooks: true, ...grants })
  // Klaviyo lets webhooks be looked at once a second; nobody needs to wait for that here.
  await stack.control('PUT', '/limits', { enabled: false })
}

async function makeBridge(): Promise<{ readonly status: number; readonly words: string }> {
  const zendeskId = await connectedByConsent(stack, browser, 'zendesk')
  const klaviyoId = await connectedByConsent(stack, browser, 'klaviyo')
  const body = { zendeskId, klaviyoId, sms: SMS }
  const made = await browser.send('PUT', '/api/bridges/nordlys', { body })
  await stack.control('PUT', '/limits', { enabled: true })
  return { status: made.status, words: await made.text() }
}

describe('the conversation', () => {
  const ordinary = READINGS.filter(({ says }) => !(says in REFUSED))
  const cases = ordinary.map((reading, at) => ({ ...reading, phone: `+1415556${1000 + at}` }))

  it.each(cases)('is whole when $says', async (reading) => {
    const expected = { ...USUAL, ...OTHERWISE[reading.says] }
    await begin(reading)
    expect(await makeBridge()).toMatchObject({ status: 200 })
    const story = doubtStory(stack, { phone: reading.phone, expected, lagMs: reading.lagMs })
    await story.play()
    await story.check()
    played.push(story)
  })

  it('stays whole: nothing comes later', async () => {
    await stack.world.advancesClock(3_600_000)
    for (const story of played) await story.check()
  })
})

describe('a bridge', () => {
  it.each(READINGS.filter(({ says }) => says in REFUSED))(
    'is refused in words when $says',
    async (reading) => {
      await begin(reading)
      const made = await makeBridge()
      expect(made.status).toBe(422)
      expect(made.words).toMatch(REFUSED[reading.says] ?? '')
    },
  )
})

describe('the lists above', () => {
  it('name readings that there are', () => {
    const all = READINGS.map(({ says }) => says)
    expect(all).toEqual(
      expect.arrayContaining([...Object.keys(OTHERWISE), ...Object.keys(REFUSED)]),
    )
  })
})
