import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Env, readConfig, readEnvironment } from './config.ts'

/** What is wrong with these settings; nothing when they are read. */
function problemsOf(env: Env): readonly string[] {
  const config = readConfig(env)
  return config.ok ? [] : config.problem
}

function read(env: Env) {
  const config = readConfig(env)
  if (!config.ok) throw new Error(config.problem.join('\n'))
  return config.value
}

describe('the configuration', () => {
  it('needs nothing at all', () => {
    expect(read({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      databaseUrl: null,
      keepDays: 90,
      role: 'all',
      publicUrl: 'http://127.0.0.1:3000',
      secretKeyFile: resolve('data/secret.key'),
      setupToken: null,
      sandbox: { port: 4000, zendeskPort: 4010, klaviyoPort: 4020 },
      klaviyoApiUrl: 'https://a.klaviyo.com',
      klaviyoWwwUrl: 'https://www.klaviyo.com',
      platformHosts: [],
      clockUrl: null,
      rateLimits: 'default',
      logLevel: 'info',
      failpoint: undefined,
    })
  })

  it('takes an empty variable for an absent one', () => {
    const empty = { PORT: '', HOST: '', DATABASE_URL: '', PUBLIC_URL: '', ROLE: '', CLOCK_URL: '' }
    expect(read(empty)).toEqual(read({}))
  })

  it.each([
    ['0.0.0.0', 'http://127.0.0.1:8080'],
    ['::', 'http://127.0.0.1:8080'],
    ['::1', 'http://[::1]:8080'],
    ['10.0.0.5', 'http://10.0.0.5:8080'],
    ['bridge.internal', 'http://bridge.internal:8080'],
  ])('shows an address to come by when it listens on %s', (HOST, url) => {
    expect(read({ HOST, PORT: '8080' })).toMatchObject({ host: HOST, publicUrl: url })
  })

  it('drops the slash at the end of an address', () => {
    expect(read({ PUBLIC_URL: 'https://bridge.example.com/x//' }).publicUrl).toBe(
      'https://bridge.example.com/x',
    )
  })

  it('keeps the secret key in the data folder, unless it is told where', () => {
    expect(read({ DATA_DIR: '/srv/replyline' }).secretKeyFile).toBe('/srv/replyline/secret.key')
    expect(read({ SECRET_KEY_FILE: '/run/secrets/key' }).secretKeyFile).toBe('/run/secrets/key')
  })

  it('reads a list of hosts, however it is written', () => {
    expect(read({ PLATFORM_HOSTS: ' A.test, b.test:1\n,c.test ' }).platformHosts).toEqual([
      'a.test',
      'b.test:1',
      'c.test',
    ])
  })

  it.each(['0', '65535'])('listens on port %s', (PORT) => {
    expect(read({ PORT }).port).toBe(Number(PORT))
  })

  it.each(['-1', '65536', '80.5', 'http', '1,2'])('refuses %s as a port, by name', (PORT) => {
    expect(problemsOf({ PORT })[0]).toMatch(/^PORT: /)
  })

  it('names every wrong variable at once, with what is needed', () => {
    const problems = problemsOf({
      PORT: 'http',
      DATABASE_URL: 'mysql://localhost/x',
      ROLE: 'boss',
      KEEP_DAYS: '1.5',
      PUBLIC_URL: 'bridge.example.com',
      KLAVIYO_API_URL: 'ftp://a.klaviyo.com',
      SETUP_TOKEN: 'fifteen-letters',
      CLOCK_URL: 'noon',
      LOG_LEVEL: 'loud',
    })
    expect(problems).toEqual([
      'PORT: a port number from 0 to 65535 is needed',
      'DATABASE_URL: a postgres:// address is needed',
      'ROLE: one of all, web, worker is needed',
      'KEEP_DAYS: a whole number of days from 7 to 3650 is needed',
      'PUBLIC_URL: an http or https address is needed',
      'SETUP_TOKEN: 16 to 200 letters, digits, dashes and underscores are needed; without it one is made',
      'KLAVIYO_API_URL: an http or https address is needed',
      'CLOCK_URL: an http or https address is needed',
      'LOG_LEVEL: one of debug, info, warn, error, silent is needed',
    ])
  })

  it('names everything that is wrong together at once, with its remedy', () => {
    const problems = problemsOf({
      KLAVIYO_API_URL: 'https://evil.com',
      CLOCK_URL: 'http://evil.com',
      ROLE: 'web',
    })
    expect(problems).toEqual([
      "KLAVIYO_API_URL: evil.com is not Klaviyo's host; to call it all the same, name it in PLATFORM_HOSTS",
      'CLOCK_URL: only a sandbox on this machine may set the clock; name only loopback hosts there and in PLATFORM_HOSTS, or remove CLOCK_URL',
      'ROLE: web needs a database that copies can share; set DATABASE_URL',
    ])
  })

  it.each(['web', 'worker'])('lets a copy be %s alone when the database can be shared', (ROLE) => {
    expect(read({ ROLE, DATABASE_URL: 'postgresql://localhost/replyline' }).role).toBe(ROLE)
  })
})

describe("Klaviyo's host", () => {
  it.each([
    ['https://a.klaviyo.com', undefined],
    ['http://127.0.0.1:4020', '127.0.0.1:4020'],
    ['https://klaviyo.example', 'other.example klaviyo.example'],
  ])('may be %s when PLATFORM_HOSTS is %s', (KLAVIYO_API_URL, PLATFORM_HOSTS) => {
    expect(problemsOf({ KLAVIYO_API_URL, PLATFORM_HOSTS })).toEqual([])
  })

  it.each([
    'https://a.klaviyo.com.evil.com',
    'https://a.klaviyo.com@evil.com',
    'http://127.0.0.1:4021',
  ])('may not be %s', (KLAVIYO_API_URL) => {
    expect(problemsOf({ KLAVIYO_API_URL, PLATFORM_HOSTS: '127.0.0.1:4020' })).toHaveLength(1)
  })
})

describe('the clock', () => {
  it.each([
    ['http://127.0.0.1:4000', '127.0.0.1:4010,127.0.0.1:4020'],
    ['http://localhost:4000', 'localhost'],
    ['http://[::1]:4000', '[::1]:4010'],
  ])('may be set by %s beside %s', (CLOCK_URL, PLATFORM_HOSTS) => {
    expect(problemsOf({ CLOCK_URL, PLATFORM_HOSTS })).toEqual([])
  })

  it.each([
    ['http://127.0.0.1:4000', ''],
    ['http://127.0.0.1:4000', '127.0.0.1:4010,nordlys.zendesk.com'],
    ['http://127.0.0.1.evil.com', '127.0.0.1:4010'],
    ['http://localhost@evil.com', '127.0.0.1:4010'],
    ['http://10.0.0.5:4000', '127.0.0.1:4010'],
  ])('may not be set by %s beside %j', (CLOCK_URL, PLATFORM_HOSTS) => {
    expect(problemsOf({ CLOCK_URL, PLATFORM_HOSTS })).toHaveLength(1)
  })
})

describe('the environment', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'replyline-env-'))
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  it('is what it is without a .env', () => {
    expect(readEnvironment({ PORT: '1' }, folder)).toEqual({ PORT: '1' })
  })

  it('is filled up from .env, and wins over it', () => {
    writeFileSync(join(folder, '.env'), 'PORT=2\nHOST="::1"\n# a remark\n')
    expect(readEnvironment({ PORT: '1' }, folder)).toEqual({ PORT: '1', HOST: '::1' })
  })
})
