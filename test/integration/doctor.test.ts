import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { applyFile } from '../../src/connections/apply-file.ts'
import { beginOauth } from '../../src/connections/begin-oauth.ts'
import { finishOauth } from '../../src/connections/finish-oauth.ts'
import { createSeal } from '../../src/connections/seal.ts'
import { bridgeSchema } from '../../src/connections/settings.ts'
import { createPool } from '../../src/db/pool.ts'
import type { DoctorDeps } from '../../src/doctor/doctor-deps.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { runDoctor } from '../../src/doctor/run-doctor.ts'
import { systemClock } from '../../src/follow-clock.ts'
import { instant, MINUTE } from '../../src/kernel/instant.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import { consent } from '../support/consent.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { testDoctor } from '../support/test-doctor.ts'
import { startTestService, type TestService } from '../support/test-service.ts'
import { testSetUp } from '../support/test-set-up.ts'

/*
 * The doctor against both emulated platforms, each spoilt in one way. What it says is compared with what
 * was spoilt, and all the rest must stay in order. Long, because each check has a row here and all share one world.
 */

let databases: readonly OwnDatabase[]
let service: TestService
let sandbox: Sandbox
let pool: pg.Pool
let deps: DoctorDeps

beforeAll(async () => {
  databases = [await ownDatabase(), await ownDatabase()]
  const [own, site] = databases as [OwnDatabase, OwnDatabase]
  sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  // Something of ours that answers at PUBLIC_URL; what it stores is its own affair.
  service = await startTestService(site.config)
  pool = createPool(own.config, { max: 8 })
})
afterAll(async () => {
  await service.close()
  await sandbox.close()
  await pool.end()
  for (const database of databases) await database.drop()
})

beforeEach(async () => {
  await control('POST', '/reset')
  await control('PUT', '/limits', { enabled: false })
  await pool.query('truncate connections, bridges, webhooks, installation cascade')
  const seal = createSeal([randomBytes(32)])
  const { zendeskUrl, klaviyoUrl } = sandbox
  const platforms = { zendeskUrl, klaviyoUrl }
  const options = { pool, seal, clock: systemClock, publicUrl: service.url, platforms }
  deps = testDoctor(testSetUp(options))
  const applied = await applyFile(deps, BRIDGE(), { isDryRun: false })
  expect(applied).toMatchObject({ ok: true })
})

const BRIDGE = () =>
  bridgeSchema.parse({
    name: 'nordlys',
    zendesk: { url: sandbox.zendeskUrl, clientId: 'replyline', clientSecret: 'replyline-secret' },
    klaviyo: { apiKey: 'pk_sandbox' },
    sms: { brand: 'Nordlys', routes: [{ number: '+14155550101', brand: 'Fjell' }] },
  })

async function control(method: string, path: string, body: unknown = {}): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const url = `${sandbox.controlUrl}/control${path}`
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) })
  expect(answer.ok, `${method} ${path}`).toBe(true)
}

async function examine(more: Partial<DoctorDeps> = {}): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const isKnown = await runDoctor({ ...deps, ...more }, null, (progress) => {
    if (progress.kind === 'found') findings.push(progress.finding)
  })
  expect(isKnown).toBe(true)
  return findings
}

/** The checks that found a problem or a reason to warn, in a fixed order. */
function troubled(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ state }) => state === 'problem' || state === 'warning')
    .map(({ area, check, state }) => `${area} ${check}: ${state}`)
    .sort()
}

const about = (findings: readonly Finding[], check: string, area?: string) =>
  findings.filter((one) => one.check === check && (area === undefined || one.area === area))

describe('a bridge in order', () => {
  it('has no problem and no warning, and every check says something', async () => {
    const findings = await examine()
    expect(troubled(findings)).toEqual([])
    expect([...new Set(findings.map(({ area, check }) => `${area} ${check}`))].sort()).toEqual([
      'bridge brands',
      'bridge completed',
      'bridge message_properties',
      'bridge numbers',
      'bridge work',
      'klaviyo clock',
      'klaviyo credentials',
      'klaviyo deliveries',
      'klaviyo feed',
      'klaviyo metric_names',
      'klaviyo reach',
      'klaviyo scopes',
      'klaviyo sending_grant',
      'klaviyo standing',
      'klaviyo topics',
      'klaviyo webhook',
      'klaviyo webhook_grant',
      'service address',
      'service address_answers',
      'service database',
      'service engine',
      'service set_up',
      'zendesk clock',
      'zendesk credentials',
      'zendesk deliveries',
      'zendesk feed',
      'zendesk reach',
      'zendesk scopes',
      'zendesk standing',
      'zendesk webhook',
    ])
  })

  it('is left as it was: no text sent, no ticket made, no event recorded', async () => {
    const world = async () =>
      Promise.all(
        ['/phones/%2B14155550111/messages', '/tickets', '/events', '/emails'].map(async (path) =>
          (await fetch(`${sandbox.controlUrl}/control${path}`)).text(),
        ),
      )
    const before = await world()
    await examine()
    expect(await world()).toEqual(before)
  })

  it('tells what no harmless call can prove of a private key', async () => {
    const scopes = about(await examine(), 'scopes', 'klaviyo')
    expect(scopes.find(({ state }) => state === 'unknown')?.says).toMatch(
      /nothing harmless proves events:write, profiles:write, webhooks:write/,
    )
    expect(scopes.find(({ state }) => state === 'ok')?.says).toContain('conversations:write')
  })

  it('names no secret, whatever it says', async () => {
    const text = JSON.stringify(await examine())
    for (const secret of ['pk_sandbox', 'replyline-secret', 'Bearer'])
      expect(text).not.toContain(secret)
  })
})

describe('a grant that Klaviyo has not given', () => {
  it('for answers is a problem, with whom to ask and what works without it', async () => {
    await control('PUT', '/grants', { conversations: false })
    const findings = await examine()
    expect(troubled(findings)).toEqual(['klaviyo sending_grant: problem'])
    expect(about(findings, 'sending_grant')[0]).toMatchObject({
      says: expect.stringContaining('Conversations API'),
      remedy: expect.stringMatching(/^Ask Klaviyo to enable the Conversations API/),
      without: expect.stringMatching(/^Texts become tickets/),
    })
  })

  it('for webhooks is a problem, and what hangs on it is not known', async () => {
    await control('PUT', '/grants', { webhooks: false })
    const findings = await examine()
    expect(troubled(findings)).toEqual(['klaviyo webhook_grant: problem'])
    expect(about(findings, 'webhook_grant')[0]?.remedy).toMatch(/Advanced KDP/)
    expect(about(findings, 'webhook', 'klaviyo')[0]?.state).toBe('unknown')
  })
})

describe('a scope that a private key lacks', () => {
  it('is named exactly, with what does not work without it', async () => {
    const errors = [
      {
        ...{ id: '1', status: 403, code: 'permission_denied', title: 'Forbidden' },
        detail: 'Your API key is missing the required scope(s): profiles:read.',
      },
    ]
    const fault = { status: 403, body: { errors } }
    const match = { method: 'GET', path: '/api/profiles' }
    await control('POST', '/faults', { platform: 'klaviyo', match, times: 9, fault })
    const findings = await examine()
    expect(troubled(findings)).toEqual(['klaviyo scopes: problem'])
    expect(about(findings, 'scopes', 'klaviyo')).toContainEqual(
      expect.objectContaining({
        says: 'Missing in Klaviyo: profiles:read.',
        without: 'Without it consent cannot be read, so texts wait.',
      }),
    )
  })
})

describe('a credential that is refused', () => {
  it('ends the look at its account alone, and says what was not looked at', async () => {
    await pool.query(`update connections set token_sealed = null where platform = 'zendesk'`)
    const fault = { status: 401, body: { error: 'invalid_client' } }
    const match = { method: 'POST', path: '/oauth/tokens' }
    await control('POST', '/faults', { platform: 'zendesk', match, times: 9, fault })
    const findings = await examine()
    expect(troubled(findings)).toEqual(['zendesk credentials: problem'])
    const behind = ['scopes', 'webhook', 'deliveries'].map((check) =>
      about(findings, check, 'zendesk').map(({ state }) => state),
    )
    expect(behind).toEqual([['unknown'], ['unknown'], ['unknown']])
    expect(about(findings, 'webhook', 'klaviyo')[0]?.state).toBe('ok')
  })

  it('that was revoked but can be had anew is no problem', async () => {
    await control('POST', '/oauth/revoke', { platform: 'zendesk' })
    expect(troubled(await examine())).toEqual([])
  })

  it('that this installation’s key does not open says which file to restore', async () => {
    const seal = createSeal([randomBytes(32)])
    const findings = await examine({ seal })
    expect(troubled(findings)).toEqual([
      'klaviyo credentials: problem',
      'zendesk credentials: problem',
    ])
    expect(about(findings, 'credentials')[0]?.remedy).toMatch(/SECRET_KEY_FILE/)
  })
})

describe('an approval in Klaviyo', () => {
  /** In place of the private key, for the same account. */
  async function approve(): Promise<void> {
    const client = { clientId: 'replyline', clientSecret: 'replyline-secret' }
    const asked = { platform: 'klaviyo', browserHash: 'b', ...client } as const
    const back = await consent(await beginOauth(deps, asked), { choose: { account: 'NRDLYS' } })
    const query = new URL(back, service.url).searchParams
    const answer = { state: query.get('state'), code: query.get('code'), error: null }
    expect(await finishOauth(deps, { platform: 'klaviyo', ...answer }, 'b')).toMatchObject({
      ok: true,
    })
  }

  it('tells its scopes itself, so none is left unproven', async () => {
    await approve()
    const findings = await examine()
    expect(troubled(findings)).toEqual([])
    expect(about(findings, 'scopes', 'klaviyo').map(({ says }) => says)).toEqual([
      'Klaviyo granted all 10 scopes that are used.',
    ])
  })

  it('that was revoked must be given again, and that is said', async () => {
    await approve()
    await control('POST', '/oauth/revoke', { platform: 'klaviyo' })
    const findings = await examine()
    expect(troubled(findings)).toEqual(['klaviyo credentials: problem'])
    expect(about(findings, 'credentials', 'klaviyo')[0]).toMatchObject({
      remedy: expect.stringMatching(/^Connect Klaviyo again/),
      without: expect.stringMatching(/are kept and wait/),
    })
  })
})

describe('a platform that is down', () => {
  it.each([
    ['cuts connections', { reset: 'before' }, /cut the connection/],
    ['answers 503', { status: 503 }, /but with 503/],
  ])('and %s is told apart from the other', async (_, fault, says) => {
    await control('POST', '/faults', { platform: 'zendesk', match: {}, times: 99, fault })
    const findings = await examine()
    expect(troubled(findings)).toEqual(['zendesk reach: problem'])
    expect(about(findings, 'reach', 'zendesk')[0]?.says).toMatch(says)
    expect(about(findings, 'credentials', 'klaviyo')[0]?.state).toBe('ok')
  })
})

describe('an account that is not called', () => {
  const spoil = (set: string) =>
    pool.query(`update connections set ${set} where platform = 'zendesk'`)

  it.each([
    ["paused_at = now(), paused_by = 'Ada'", 'warning', /^Zendesk was paused by Ada/, /resume/],
    [
      "down_since = now(), down_because = 'answered 503'",
      'problem',
      /^Zendesk has not answered since .* \(answered 503\)/,
      /status page/,
    ],
  ])('because of %s is told, and nothing else', async (set, state, says, remedy) => {
    await spoil(set)
    const findings = await examine()
    expect(troubled(findings)).toEqual([`zendesk standing: ${state}`])
    expect(about(findings, 'standing', 'zendesk')[0]).toMatchObject({
      says: expect.stringMatching(says),
      remedy: expect.stringMatching(remedy),
    })
    expect(about(findings, 'feed', 'zendesk')).toEqual([])
  })
})

describe('the own feed of an account', () => {
  const keepFeed = (minutesAgo: number, problem: string | null) =>
    pool.query(
      `insert into feeds (connection_id, feed, read_until, next_at, problem)
       select id, 'klaviyo_events', now() - make_interval(mins => $1), now(), $2 from connections where platform = 'klaviyo'`,
      [minutesAgo, problem],
    )

  it.each([
    [1, 'Klaviyo answered 500', 'warning'],
    [11, null, 'problem'],
  ])('read %d minutes ago, with the problem %j, is a %s', async (minutesAgo, trouble, state) => {
    await keepFeed(minutesAgo, trouble)
    expect(troubled(await examine())).toEqual([`klaviyo feed: ${state}`])
  })

  it('that is read is in order', async () => {
    await keepFeed(1, null)
    const findings = await examine()
    expect(troubled(findings)).toEqual([])
    expect(about(findings, 'feed', 'klaviyo')[0]?.state).toBe('ok')
  })
})

type Wire = { readonly id: string }

/** Calls a platform as its own admin page would. */
async function spoilWebhook(platform: 'zendesk' | 'klaviyo', method: string, body?: unknown) {
  const isZendesk = platform === 'zendesk'
  const token = isZendesk ? await adminToken() : 'pk_sandbox'
  const headers = {
    'content-type': isZendesk ? 'application/json' : 'application/vnd.api+json',
    authorization: isZendesk ? `Bearer ${token}` : `Klaviyo-API-Key ${token}`,
    ...(isZendesk ? {} : { revision: '2026-07-15' }),
  }
  const root = isZendesk
    ? `${sandbox.zendeskUrl}/api/v2/webhooks`
    : `${sandbox.klaviyoUrl}/api/webhooks`
  const listed = (await (await fetch(root, { headers })).json()) as Record<string, readonly Wire[]>
  const id = (listed.webhooks ?? listed.data)?.[0]?.id ?? ''
  const wire = isZendesk ? body : { data: { type: 'webhook', id, attributes: body } }
  const sent = body === undefined ? {} : { body: JSON.stringify(wire) }
  const answer = await fetch(`${root}/${id}`, { method, headers, ...sent })
  expect(answer.ok).toBe(true)
}

async function adminToken(): Promise<string> {
  const answer = await fetch(`${sandbox.zendeskUrl}/oauth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ grant_type: 'client_credentials', client_id: 'replyline' },
      ...{ client_secret: 'replyline-secret', scope: 'read write' },
    }),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}

describe('a webhook', () => {
  it.each([
    ['zendesk', 'DELETE', undefined, /was deleted/],
    ['klaviyo', 'DELETE', undefined, /was deleted/],
    ['zendesk', 'PATCH', { webhook: { status: 'inactive' } }, /turned off/],
    ['klaviyo', 'PATCH', { enabled: false }, /turned off.*after two days/],
    ['zendesk', 'PATCH', { webhook: { endpoint: 'https://elsewhere.example/x' } }, /leads to/],
  ] as const)(
    'of %s, after %s %j, is a problem with its remedy',
    async (on, method, body, says) => {
      await spoilWebhook(on, method, body)
      const findings = await examine()
      expect(troubled(findings)).toEqual([`${on} webhook: problem`])
      const [found] = about(findings, 'webhook', on)
      expect(found).toMatchObject({ says: expect.stringMatching(says) })
      expect(found?.remedy).toMatch(/[Aa]pply the bridge again/)
    },
  )

  it('that lacks a kind of event is a warning that names it', async () => {
    const subscriptions = ['zen:event-type:ticket.created']
    await spoilWebhook('zendesk', 'PATCH', { webhook: { subscriptions } })
    const findings = await examine()
    expect(troubled(findings)).toEqual(['zendesk webhook: warning'])
    expect(about(findings, 'webhook', 'zendesk')[0]?.says).toContain('ticket.comment_added')
  })
})

describe('PUBLIC_URL', () => {
  it('that nothing listens at is a problem, and so are the webhooks that lead elsewhere', async () => {
    const findings = await examine({ publicUrl: 'http://127.0.0.1:9' })
    expect(troubled(findings)).toEqual([
      'klaviyo webhook: problem',
      'service address_answers: problem',
      'zendesk webhook: problem',
    ])
    expect(about(findings, 'address_answers')[0]?.says).toMatch(/refuses the connection/)
    expect(about(findings, 'webhook')[0]?.says).toContain('PUBLIC_URL')
  })

  it('that leads to somebody else is a problem', async () => {
    const findings = await examine({ publicUrl: sandbox.klaviyoUrl })
    expect(about(findings, 'address_answers')[0]).toMatchObject({
      state: 'problem',
      says: expect.stringMatching(/it is not Replyline/),
    })
  })

  it('whose name nobody knows is told as that', async () => {
    const findings = await examine({ publicUrl: 'https://nowhere.invalid' })
    expect(about(findings, 'address_answers')[0]?.says).toMatch(
      /nowhere\.invalid is not known \(DNS\)/,
    )
  })
})

describe('PUBLIC_URL behind https', () => {
  it('where no TLS is spoken is told apart from a host that is not there', async () => {
    const findings = await examine({ publicUrl: service.url.replace('http:', 'https:') })
    expect(about(findings, 'address_answers')[0]).toMatchObject({
      state: 'problem',
      says: expect.stringMatching(/does not speak https as it should \(TLS\)/),
    })
  })
})

describe('metric names', () => {
  it.each([
    ['sms', /older names.*"Sent SMS"/],
    ['text-message', /newer names.*"Sent Text Message"/],
  ])('of the generation %s are recognised', async (metricNames, says) => {
    await control('PUT', '/settings', { metricNames })
    const findings = await examine()
    expect(troubled(findings)).toEqual([])
    expect(about(findings, 'metric_names')[0]?.says).toMatch(says)
  })

  it('leave no topic unknown when the topics were renamed too', async () => {
    await control('PUT', '/settings', { topic_slugs: 'text-message' })
    const topics = about(await examine(), 'topics')
    expect(topics.map(({ state }) => state)).toEqual(['ok'])
  })
})

describe('the clock', () => {
  it.each([
    [-2, 'warning', 'behind'],
    [6, 'problem', 'ahead of'],
  ])('%d minutes off is a %s', async (minutes, state, word) => {
    const realClock = { now: () => instant(systemClock.now() + minutes * MINUTE) }
    const clocks = about(await examine({ realClock }), 'clock')
    expect(clocks.map((one) => one.state)).toEqual([state, state])
    expect(clocks[0]?.says).toContain(word)
  })
})

describe('what happened at the platforms and did not come', () => {
  it('is counted, once it is late', async () => {
    await control('POST', '/phones/%2B14155550111/messages', { to: '+18005550100', body: 'Hi' })
    expect(troubled(await examine())).toEqual([])
    const clock = { now: () => instant(systemClock.now() + 20 * MINUTE) }
    const findings = await examine({ clock })
    expect(troubled(findings)).toEqual(['klaviyo deliveries: warning'])
    expect(about(findings, 'deliveries', 'klaviyo')[0]?.says).toMatch(/^Klaviyo has 1 text /)
  })
})

describe('the settings', () => {
  it('that name a brand which Zendesk has not are a warning at their bridge', async () => {
    await pool.query(`update bridges set settings = jsonb_set(settings, '{sms,brand}', '"Gone"')`)
    const findings = await examine()
    expect(troubled(findings)).toEqual(['bridge brands: warning'])
    expect(about(findings, 'brands')[0]?.says).toMatch(
      /sms\.brand: Zendesk has no active brand "Gone"/,
    )
  })
})

describe('an installation where nothing is set up', () => {
  it('is told how to begin', async () => {
    await pool.query('truncate connections, bridges cascade')
    const findings = await examine()
    expect(troubled(findings)).toEqual(['service set_up: warning'])
    expect(about(findings, 'set_up')[0]?.remedy).toMatch(/^Begin on the page Connections/)
  })
})

describe('a database that is gone', () => {
  it('is the one finding, and nothing is thrown', async () => {
    const away = createPool({ host: '/nowhere', user: 'x', database: 'x' }, { max: 1 })
    const findings = await examine({ db: away as never })
    expect(findings).toEqual([expect.objectContaining({ check: 'database', state: 'problem' })])
    await away.end()
  })
})
