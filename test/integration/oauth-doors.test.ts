import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { instant, MINUTE } from '../../src/kernel/instant.ts'
import { CLIENT, type Connecting, startConnecting } from '../support/connecting.ts'
import { consent } from '../support/consent.ts'
import { dumpDatabase } from '../support/dump-database.ts'
import { type OperatorBrowser, operatorBrowser } from '../support/operator-browser.ts'
import { signIn } from '../support/owner.ts'

let aheadMs = 0
let world: Connecting

beforeAll(async () => {
  world = await startConnecting(() => instant(Date.now() + aheadMs))
})
afterAll(() => world?.close())
beforeEach(async () => {
  aheadMs = 0
  await world.forget()
})

/** Follows an address of ours, as a browser that comes back from elsewhere does. */
async function comeBack(path: string, as = world.browser) {
  const answer = await fetch(`${world.service.url}${path}`, {
    headers: { cookie: as.cookie, accept: 'text/html', 'sec-fetch-site': 'cross-site' },
    redirect: 'manual',
  })
  return { status: answer.status, to: answer.headers.get('location'), page: await answer.text() }
}

describe('approving a connection', () => {
  it.each([
    ['zendesk', ['read', 'write']],
    ['klaviyo', expect.arrayContaining(['conversations:write', 'webhooks:write'])],
  ] as const)('connects %s, with what was granted', async (platform, scopes) => {
    const back = await consent(await world.begin(platform))
    expect(await comeBack(back)).toMatchObject({
      status: 303,
      to: `/connections?connected=${platform}`,
    })
    expect(await world.connections()).toMatchObject([
      { platform, state: 'ready', door: 'authorization_code', clientId: 'replyline', scopes },
    ])
  })

  it('again changes the connection that there is', async () => {
    await comeBack(await consent(await world.begin('klaviyo')))
    const [before] = await world.connections()
    await comeBack(await consent(await world.begin('klaviyo')))
    expect(await world.connections()).toMatchObject([{ id: before?.id }])
  })

  it('of two Klaviyo accounts makes two connections', async () => {
    await comeBack(await consent(await world.begin('klaviyo')))
    const other = await consent(await world.begin('klaviyo'), {
      choose: { account: await fjellId() },
    })
    await comeBack(other)
    expect(await world.connections()).toMatchObject([
      { account: 'Nordlys Outdoor' },
      { account: 'Fjell' },
    ])
  })

  it('leaves no secret in the database, in the log or in an answer', async () => {
    const zendesk = await world.begin('zendesk')
    const back = await consent(zendesk)
    await comeBack(back)
    await comeBack(await consent(await world.begin('klaviyo')))
    const listed = JSON.stringify(await world.connections())
    const everywhere =
      (await dumpDatabase(world.service.db as never)) + world.service.logged() + listed
    const { searchParams } = new URL(back, world.service.url)
    const issued = await fetch(`${world.sandbox.controlUrl}/control/calls`).then((answer) =>
      answer.text(),
    )
    expect(issued).toContain('/oauth/tokens')
    for (const secret of [
      'replyline-secret',
      searchParams.get('code') ?? '',
      searchParams.get('state') ?? '',
    ])
      expect(everywhere).not.toContain(secret)
  })
})

async function fjellId(): Promise<string> {
  const page = await fetch(await world.begin('klaviyo')).then((answer) => answer.text())
  return /value="([^"]+)"[^>]*>Fjell</.exec(page)?.[1] ?? ''
}

describe('a callback is turned away, and nothing is connected:', () => {
  const cases: [string, () => Promise<[string, OperatorBrowser?]>, number, RegExp][] = [
    ['a state used before', usedTwice, 400, /used already/],
    [
      'a state never given out',
      async () => ['/oauth/zendesk/callback?code=x&state=y'],
      400,
      /did not ask/,
    ],
    ['no state', async () => ['/oauth/zendesk/callback?code=x'], 400, /not an answer to us/],
    ['no session', async () => [await fresh(), operatorBrowser('')], 401, /not signed in/],
    [
      'another session of the same person',
      async () => [await fresh(), await signIn(world.service.url)],
      403,
      /Another browser/,
    ],
    [
      'the other platform’s callback',
      async () => [(await fresh()).replace('zendesk', 'klaviyo')],
      400,
      /wrong door/,
    ],
    [
      'error=access_denied',
      async () => [await consent(await world.begin('zendesk'), { decision: 'deny' })],
      400,
      /not approved/,
    ],
    ['no code', async () => [(await fresh()).replace(/code=[^&]*&?/, '')], 400, /not complete/],
    [
      'a code of its own',
      async () => [(await fresh()).replace(/code=[^&]*/, 'code=stolen')],
      502,
      /gave no access/,
    ],
    ['too late', tooLate, 400, /took too long/],
  ]

  it.each(cases)('%s', async (_, prepare, status, words) => {
    const [path, as] = await prepare()
    const arrived = await comeBack(path, as)
    expect(arrived).toMatchObject({ status, page: expect.stringMatching(words) })
    expect(arrived.page).toMatch(/Open Connections|Sign in/)
    aheadMs = 0
    expect(await world.connections()).toEqual([])
  })

  async function fresh(): Promise<string> {
    return consent(await world.begin('zendesk'))
  }

  async function usedTwice(): Promise<[string]> {
    const back = await fresh()
    await comeBack(back)
    await world.service.db.query('delete from connections')
    return [back]
  }

  async function tooLate(): Promise<[string]> {
    const back = await fresh()
    aheadMs = 16 * MINUTE
    return [back]
  }

  it('once only, of two that come at the same time', async () => {
    const back = await fresh()
    const both = await Promise.all([comeBack(back), comeBack(back)])
    expect(both.map(({ status }) => status).sort()).toEqual([303, 400])
  })

  it('what the platform says is shown as text', async () => {
    const back = await fresh()
    const forged = `${back.split('?')[0]}?state=${new URL(back, world.service.url).searchParams.get('state')}&error=%3Cscript%3Ealert(1)%3C/script%3E`
    const { page } = await comeBack(forged)
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toContain('<script>')
  })

  it('a code is not sent to anyone for a state that is not good', async () => {
    await world.control('DELETE', '/calls', {})
    await comeBack('/oauth/zendesk/callback?code=x&state=y')
    const calls = await fetch(`${world.sandbox.controlUrl}/control/calls`).then((answer) =>
      answer.json(),
    )
    expect(calls).toEqual([])
  })
})

describe('too little granted', () => {
  it.each([
    ['zendesk', 'read', /may not have every scope .*: read, write/],
    [
      'klaviyo',
      'accounts:read events:read',
      /not granted: conversations:read, conversations:write/,
    ],
  ] as const)('at %s is refused by name, and not kept', async (platform, scope, words) => {
    const narrowed = new URL(await world.begin(platform))
    narrowed.searchParams.set('scope', scope)
    const { status, page } = await comeBack(await consent(narrowed.href))
    expect(page).toMatch(words)
    expect(status).toBe(400)
    expect(await world.connections()).toEqual([])
  })

  it('by a client that may not write is said on the way', async () => {
    await world.control('PUT', '/oauth', { platform: 'zendesk', scopes: ['read'] })
    const asked = await fetch(await world.begin('zendesk'), { redirect: 'manual' })
    const back = new URL(asked.headers.get('location') ?? '')
    const { status, page } = await comeBack(`${back.pathname}${back.search}`)
    expect(page).toMatch(/may not have every scope/)
    expect(status).toBe(400)
  })
})

describe('an address that is not Zendesk’s', () => {
  it.each([
    'evil.example',
    'nordlys.zendesk.com.evil.example',
    'https://evil.example#.zendesk.com',
    'https://nordlys.zendesk.com@evil.example',
    '169.254.169.254',
    'http://[::ffff:127.0.0.1]/',
    '0x7f.1',
    'localhost:1',
    'nordlys.zendesk.com:8443',
    'javascript:alert(1)',
  ])('%s is refused and never called', async (address) => {
    await world.control('DELETE', '/calls', {})
    for (const door of ['consent', 'client']) {
      const body = { ...CLIENT, address }
      const answer = await world.browser.send('POST', `/api/connections/zendesk/${door}`, { body })
      expect(answer.status).toBe(422)
      expect(((await answer.json()) as { error: string }).error).toMatch(/zendesk/i)
    }
    const calls = await fetch(`${world.sandbox.controlUrl}/control/calls`).then((answer) =>
      answer.json(),
    )
    expect(calls).toEqual([])
  })
})
