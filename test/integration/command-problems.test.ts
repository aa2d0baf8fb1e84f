import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { runCli } from '../support/run-cli.ts'
import { expectOneLine, strangeServer } from '../support/start-problem.ts'

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

describe('a command', () => {
  it.each([
    [['events', '--bogus'], /Unknown option '--bogus'/],
    [['apply', '-f'], /argument missing/],
    [['apply'], /name the file/],
    [['apply', '-f', 'none.yaml'], /none.yaml cannot be read \(ENOENT\)/],
    [['why'], /name what to explain/],
    [['token'], /token create/],
  ])('says what is wrong with %j', async (args, line) => {
    expectOneLine(await runCli(args, { folder, env: { DATABASE_URL: database.url } }), line)
  })

  it.each([
    ['an unknown id', 'none'],
    ['36 dashes', '-'.repeat(36)],
    ['5,000 digits', '1'.repeat(5_000)],
  ])('why says that it knows nothing of %s', async (_, id) => {
    const end = await runCli(['why', '--', id], { folder, env: { DATABASE_URL: database.url } })
    expectOneLine(end, /no event has the id/)
  })

  it('that does not exist is answered with those that do', async () => {
    const end = await runCli(['begin'], { folder })
    expect([end.code, end.stdout]).toEqual([2, ''])
    expect(end.stderr).toMatch(/^replyline: there is no command "begin"\n\nreplyline COMMAND\n/)
  })

  it('sandbox says which port is taken', async () => {
    const { port } = strange
    const end = await runCli(['sandbox'], { folder, env: { SANDBOX_ZENDESK_PORT: `${port}` } })
    expectOneLine(end, new RegExp(`port ${port} is taken: .* SANDBOX_ZENDESK_PORT`))
  })
})
