import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../support/embedded-owner-process.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { endCli, runCli, startCli } from '../support/run-cli.ts'
import { expectOneLine, strangeServer } from '../support/start-problem.ts'

/** Spelled so that it is not taken for a template's. */
const NOT_SET = ['$', '{NOT_SET}'].join('')

let folder: string
let database: OwnDatabase
let strange: Awaited<ReturnType<typeof strangeServer>>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replyline-start-'))
  database = await ownDatabase()
  strange = await strangeServer()
})
afterEach(async () => {
  strange.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe('a wrong configuration', () => {
  it('is told whole, every problem on its line with its remedy', async () => {
    const env = {
      ...{ PORT: '70000', ROLE: 'worker', LOG_LEVEL: 'loud', PUBLIC_URL: 'nordlys.example' },
      KLAVIYO_API_URL: 'http://127.0.0.1:4020',
    }
    const end = await runCli(['start'], { folder, env })
    expect(end).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        'The configuration is wrong:',
        '  PORT: a port number from 0 to 65535 is needed',
        '  PUBLIC_URL: an http or https address is needed',
        '  LOG_LEVEL: one of debug, info, warn, error, silent is needed',
        "  KLAVIYO_API_URL: 127.0.0.1:4020 is not Klaviyo's host; to call it all the same, name it in PLATFORM_HOSTS",
        '  ROLE: worker needs a database that copies can share; set DATABASE_URL',
        '',
      ].join('\n'),
    })
  })

  it('is told when it stands in .env', async () => {
    await writeFile(join(folder, '.env'), 'DATABASE_URL=mysql://localhost/x\n')
    const end = await runCli(['start'], { folder })
    expect(end.stderr).toBe(
      'The configuration is wrong:\n  DATABASE_URL: a postgres:// address is needed\n',
    )
  })

  it('is told when .env cannot be read', async () => {
    await mkdir(join(folder, '.env'))
    expectOneLine(await runCli(['start'], { folder }), /\.env cannot be read \(EISDIR\): .*remove/)
  })

  it('of a bridge is told whole', async () => {
    const file =
      'name: Nordlys\nzendesk: { url: x, clientId: "' +
      NOT_SET +
      '", secret: y }\nsms: { tags: ["a b"] }\n'
    await writeFile(join(folder, 'bridge.yaml'), file)
    const end = await runCli(['apply', '-f', 'bridge.yaml'], { folder })
    expect([end.code, end.stdout]).toEqual([1, ''])
    const [heading, ...problems] = end.stderr.trimEnd().split('\n')
    expect(heading).toBe('bridge.yaml is wrong:')
    expect(problems.map((line) => line.trim().split(/[ :]/)[0]).toSorted()).toEqual(
      [NOT_SET, 'klaviyo', 'name', 'sms.tags.0', 'zendesk', 'zendesk.clientSecret'].toSorted(),
    )
  })
})

describe('the service', () => {
  it('says which port is taken', async () => {
    const { port } = strange
    const end = await runCli(['start'], {
      folder,
      env: { PORT: `${port}`, DATABASE_URL: database.url },
    })
    expectOneLine(end, new RegExp(`port ${port} on 127.0.0.1 is taken: .* set PORT`))
  })

  it('says which port is taken when its own database already runs, and takes that down', async () => {
    const env = { PORT: `${strange.port}` }
    expectOneLine(await runCli(['start'], { folder, env }), /is taken: .* set PORT/)
    expectOneLine(await runCli(['start'], { folder, env }), /is taken: .* set PORT/)
  })

  it.each(['203.0.113.7', 'no-such-host.invalid'])(
    'says that %s is no address here',
    async (HOST) => {
      const end = await runCli(['start'], { folder, env: { HOST, DATABASE_URL: database.url } })
      expectOneLine(end, /this machine has no address .*: set HOST/)
    },
  )

  it('says that the data folder cannot be written', async () => {
    await writeFile(join(folder, 'file'), '')
    const end = await runCli(['start'], { folder, env: { DATA_DIR: 'file/data' } })
    expectOneLine(end, /data folder .*file\/data cannot be written \(ENOTDIR.*give this user write/)
  })

  it('says that the data folder is in use, and by whom', async () => {
    const first = startCli(['start'], { folder })
    await until(
      'the first one listens',
      async () => first.output.stdout.includes('listens'),
      30_000,
    )
    const second = await runCli(['start'], { folder })
    const { code } = await endCli(first)
    expectOneLine(
      second,
      new RegExp(`is used by a running Replyline service \\(pid ${first.child.pid}\\)`),
    )
    expect(code).toBe(0)
  })

  it.each<[string, string, RegExp]>([
    [
      'cannot be made',
      'file/key',
      /file\/key cannot be (made|read) \(ENOTDIR\): .* SECRET_KEY_FILE/,
    ],
    ['is none', 'file', /file does not hold a secret key .*restore/],
  ])('says that the secret key %s', async (_, SECRET_KEY_FILE, line) => {
    await writeFile(join(folder, 'file'), 'not a key', { mode: 0o600 })
    const end = await runCli(['start'], {
      folder,
      env: { SECRET_KEY_FILE, DATABASE_URL: database.url },
    })
    expectOneLine(end, line)
  })
})
