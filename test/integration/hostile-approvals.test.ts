import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openZendesk } from '../../src/connections/open-connection.ts'
import { openToken } from '../../src/connections/sealed-token.ts'
import { findConnection } from '../../src/db/connection-store.ts'
import { findToken } from '../../src/db/token-store.ts'
import type { ConnectionId } from '../../src/kernel/ids.ts'
import { CLIENT, type Connecting, startConnecting } from '../support/connecting.ts'
import { consent } from '../support/consent.ts'

let world: Connecting

beforeAll(async () => {
  world = await startConnecting()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.forget()
  await world.control('PUT', '/limits', { enabled: false })
})

async function fresh(
  platform: 'zendesk' | 'klaviyo',
  choose = {},
  scope?: string,
): Promise<string> {
  const page = new URL(await world.begin(platform))
  if (scope !== undefined) page.searchParams.set('scope', scope)
  return consent(page.href, { choose })
}
async function arrive(path: string) {
  const headers = { cookie: world.browser.cookie, accept: 'text/html' }
  const answer = await fetch(`${world.service.url}${path}`, { headers, redirect: 'manual' })
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    page: await answer.text(),
  }
}

const connections = () => world.connections<{ id: ConnectionId; account: string }>()

const grantsAt = async (platform: string) =>
  (JSON.parse(await world.control('POST', '/oauth/revoke', { platform })) as { revoked: number })
    .revoked

describe('a renewal under way while a person approves anew', () => {
  let approved: unknown

  async function tokenOf(id: ConnectionId) {
    const kept = await findToken(world.service.db, id)
    return kept && openToken(world.service.setUp.seal, id, kept)
  }

  async function renewAcross(as: string) {
    const [one] = await connections()
    if (one === undefined) throw new Error('nothing is connected')
    const row = await findConnection(world.service.db, one.id)
    if (row === null) throw new Error('there is no such row')
    await world.service.db.query(
      "update connections set token_expires_at = now() - interval '1 hour'",
    )
    const back = await fresh('zendesk', { as })
    const match = { path: '/oauth/tokens' }
    await world.control('POST', '/faults', {
      platform: 'zendesk',
      match,
      fault: { delayMs: 1_500 },
    })
    const used = openZendesk(world.service.setUp, row).account.me()
    await delay(300)
    expect((await arrive(back)).status).toBe(303)
    approved = await tokenOf(one.id)
    await used
    return one.id
  }

  it('does not put the old client’s token over the approval', async () => {
    const body = { ...CLIENT, address: world.sandbox.zendeskUrl }
    await world.browser.send('POST', '/api/connections/zendesk/client', { body })
    const id = await renewAcross('admin@example.com')
    const kept = await findToken(world.service.db, id)
    expect(kept && openToken(world.service.setUp.seal, id, kept).refreshToken).not.toBeNull()
  })

  it('does not leave the tokens of the approval before', async () => {
    await arrive(await fresh('zendesk'))
    const id = await renewAcross('admin@example.com')
    expect(await tokenOf(id)).toEqual(approved)
    const row = await findConnection(world.service.db, id)
    expect(row && (await openZendesk(world.service.setUp, row).account.me())).toMatchObject({
      ok: true,
    })
  })
})

describe('an approval that is not kept', () => {
  it('leaves no grant at Zendesk', async () => {
    const match = { path: '/api/v2/users/me' }
    const back = await fresh('zendesk')
    await world.control('POST', '/faults', {
      platform: 'zendesk',
      match,
      times: 9,
      fault: { status: 403, body: {} },
    })
    expect((await arrive(back)).status).toBe(400)
    expect(await grantsAt('zendesk')).toBe(0)
  })

  it.each(['zendesk', 'klaviyo'] as const)(
    'because the database failed leaves none at %s, and says so on a page',
    async (platform) => {
      const back = await fresh(platform)
      await world.service.db.query(
        "create or replace function boom() returns trigger language plpgsql as $$ begin raise exception 'boom'; end $$",
      )
      await world.service.db.query(
        'create trigger boom before insert or update on connections for each row execute function boom()',
      )
      const arrived = await arrive(back)
      await world.service.db.query('drop trigger boom on connections')
      expect(arrived.type).toMatch(/text\/html/)
      expect(await grantsAt(platform)).toBe(0)
    },
  )
})

it('two first approvals of one account at once are both answered with a page', async () => {
  const backs = [await fresh('zendesk'), await fresh('zendesk')]
  const both = await Promise.all(backs.map(arrive))
  expect(both.map(({ status }) => status)).toEqual([303, 303])
  expect(await connections()).toHaveLength(1)
})

it('a link of somebody else’s puts no words of theirs on our page', async () => {
  const { page } = await arrive('/oauth/zendesk/callback?error=Call+%2B1+555+0100')
  expect(page).not.toContain('0100')
})

describe('a request that is wrong is answered as wrong', () => {
  it.each(['{', '', 'pk_x'])('the body %j', async (body) => {
    const headers = {
      'content-type': 'application/json',
      'x-csrf-token': world.browser.csrfToken,
      cookie: world.browser.cookie,
      origin: world.service.url,
    }
    const answer = await fetch(`${world.service.url}/api/connections/klaviyo/key`, {
      method: 'POST',
      headers,
      body,
    })
    expect(answer.status).toBe(400)
  })
  it.each(['a\u0000b', '\ud800'])('a tag the database cannot hold, %j', async (tag) => {
    await arrive(await fresh('zendesk'))
    await arrive(await fresh('klaviyo'))
    const [zendesk, klaviyo] = await connections()
    const body = { zendeskId: zendesk?.id, klaviyoId: klaviyo?.id, sms: { tags: [tag] } }
    const answer = await world.browser.send('PUT', '/api/bridges/a', { body })
    expect([400, 422]).toContain(answer.status)
  })
})
