import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { exchange, statusOf } from '../support/raw-http.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

const SECRET = 'what lies beside the pages'
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

let folder: string
let database: OwnDatabase
let service: TestService

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replyline-pages-'))
  const pagesFolder = join(folder, 'window')
  await mkdir(join(pagesFolder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.json'), SECRET)
  await writeFile(join(pagesFolder, 'built-from'), SECRET)
  await writeFile(
    join(pagesFolder, 'index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><script src="/assets/index-a_B-1.js"></script>',
  )
  await writeFile(join(pagesFolder, 'favicon.svg'), '<svg/>')
  await writeFile(join(pagesFolder, 'assets/index-a_B-1.js'), 'script')
  await writeFile(join(pagesFolder, 'assets/index-a_B-1.css'), 'style')
  database = await ownDatabase()
  service = await startTestService(database.config, undefined, { pagesFolder })
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${service.url}${path}`, { headers })

/** Sends a path as it is written: a client of ours would tidy it. */
const getAsWritten = (path: string, accept = '*/*') =>
  exchange(
    service.port,
    `GET ${path} HTTP/1.1\r\nhost: replyline\r\naccept: ${accept}\r\nconnection: close\r\n\r\n`,
  )

describe('the window', () => {
  it.each(['/', '/conversations', '/conversations/1?search=%2B1', '/index.html'])(
    'is one page, at %s',
    async (path) => {
      const answer = await get(path, HTML)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'text/html; charset=UTF-8',
      ])
      expect(await answer.text()).toContain('<script src="/assets/index-a_B-1.js">')
    },
  )

  it('has a nonce of its own each time, which its policy names', async () => {
    const nonces = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const answer = await get('/', HTML)
        const nonce = /content="([^"]+)"/.exec(await answer.text())?.[1] ?? ''
        expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
        expect(answer.headers.get('cache-control')).toBe('no-store')
        return nonce
      }),
    )
    expect(new Set(nonces).size).toBe(5)
    expect(nonces).not.toContain('__CSP_NONCE__')
  })

  it.each([
    ['/assets/index-a_B-1.js', 'text/javascript; charset=utf-8', /immutable/],
    ['/assets/index-a_B-1.css', 'text/css; charset=utf-8', /immutable/],
    ['/favicon.svg', 'image/svg+xml; charset=utf-8', /no-cache/],
  ])('asks for %s and is told its kind', async (path, type, caching) => {
    const answer = await get(path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
    expect(answer.headers.get('cache-control')).toMatch(caching)
  })

  it('does not stand in for a file that is gone', async () => {
    expect((await get('/assets/index-old.js', HTML)).status).toBe(404)
    expect((await get('/favicon.ico')).status).toBe(404)
  })

  it.each(['/api', '/api/nothing', '/webhooks/nothing', '/oauth/nothing', '/metrics/nothing'])(
    'does not stand in for %s',
    async (path) => {
      const answer = await get(path, HTML)
      expect([401, 404]).toContain(answer.status)
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    },
  )

  it('is only read', async () => {
    const answer = await fetch(`${service.url}/conversations`, { method: 'POST', headers: HTML })
    expect(answer.status).toBe(404)
  })
})

describe('a path that would lead elsewhere', () => {
  const PATHS = [
    '/assets/../../secret.json',
    '/../secret.json',
    '/assets/..%2f..%2fsecret.json',
    '/assets/%2e%2e/%2e%2e/secret.json',
    '/%2e%2e%2fsecret.json',
    '/assets/..%5c..%5csecret.json',
    '/assets/..\\..\\secret.json',
    '/assets/%252e%252e%252fsecret.json',
    '/assets//../../secret.json',
    '/assets/index-a_B-1.js%00',
    '/assets/index-a_B-1.js%00.json',
    '/assets/..',
    '/assets/',
    '//secret.json',
    '/built-from',
    '/.%00./secret.json',
  ]

  it.each(PATHS)('%s finds no file', async (path) => {
    const answer = await getAsWritten(path)
    expect(answer).not.toContain(SECRET)
    expect([400, 404]).toContain(statusOf(answer))
  })

  it.each(PATHS)('%s shows a browser the window at most', async (path) => {
    const answer = await getAsWritten(path, 'text/html')
    expect(answer).not.toContain(SECRET)
    expect([200, 400, 404]).toContain(statusOf(answer))
  })
})

describe('every answer', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/assets/index-a_B-1.js'],
    ['GET', '/nothing'],
    ['GET', '/healthz'],
    ['GET', '/api/session'],
    ['POST', '/api/session'],
    ['GET', '/api/bridges'],
    ['GET', '/webhooks/zendesk/00000000-0000-4000-8000-000000000000'],
  ])('is guarded: %s %s', async (method, path) => {
    const { headers } = await fetch(`${service.url}${path}`, { method, headers: HTML })
    const policy = headers.get('content-security-policy')?.replace(/ 'nonce-[^']+'/, '')
    expect(policy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    })
    expect(headers.has('strict-transport-security')).toBe(false)
    if (path.startsWith('/api/')) expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('without built pages', () => {
  it('a browser is told how to build them, and programs are served as ever', async () => {
    const bare = await startTestService(database.config)
    try {
      const answer = await fetch(bare.url, { headers: HTML })
      expect([answer.status, await answer.text()]).toEqual([
        503,
        expect.stringContaining('npm run build'),
      ])
      expect((await fetch(`${bare.url}/healthz`)).status).toBe(200)
    } finally {
      await bare.close()
    }
  })

  it('a browser that comes while they are being built tries again by itself', async () => {
    const early = await startTestService(database.config, undefined, { isBeingBuilt: () => true })
    try {
      const answer = await fetch(early.url, { headers: HTML })
      const page = await answer.text()
      expect([answer.status, page]).toEqual([503, expect.stringContaining('are being built')])
      const script = /<script src="([^"]+)">/.exec(page)?.[1] ?? ''
      expect(await (await fetch(`${early.url}${script}`)).text()).toContain('location.reload()')
    } finally {
      await early.close()
    }
  })
})
