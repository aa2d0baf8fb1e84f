import {
  access,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isPostmasterOf, stampOf } from '../../src/embedded/process-stamp.ts'
import { startEmbeddedPostgres } from '../../src/embedded/start-postgres.ts'
import {
  endOwner,
  type Owner,
  query,
  startOwner as spawnOwner,
  until,
} from '../support/embedded-owner-process.ts'

let home: string
let dataDir: string
let owners: Owner[]

const startOwner: typeof spawnOwner = async (...args) => {
  const owner = await spawnOwner(...args)
  owners.push(owner)
  return owner
}

beforeEach(async () => {
  owners = []
  home = await mkdtemp(join(tmpdir(), 'embedded-'))
  dataDir = join(home, 'data')
})

afterEach(async () => {
  for (const owner of owners) await endOwner(owner, 'SIGTERM')
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
})

async function postmasterPid(): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10)
}

async function isGone(pid: number): Promise<boolean> {
  return (await stampOf(pid)) === null
}

describe('the embedded database', () => {
  it('is made on the first start, without a network port, and keeps its data over a restart', async () => {
    const first = await startOwner(dataDir)
    const { connection } = first.answer
    await query(connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const settings = await query(
      connection,
      `SELECT current_setting('listen_addresses') AS listens, current_setting('fsync') AS fsync,
              current_setting('synchronous_commit') AS commits, current_setting('full_page_writes') AS pages,
              current_setting('server_encoding') AS encoding, current_database() AS database`,
    )
    await endOwner(first, 'SIGTERM')

    const second = await startOwner(dataDir)
    expect(settings).toEqual([
      {
        listens: '',
        fsync: 'on',
        commits: 'on',
        pages: 'on',
        encoding: 'UTF8',
        database: 'replyline',
      },
    ])
    expect(await query(second.answer.connection, 'SELECT answer FROM kept')).toEqual([
      { answer: 42 },
    ])
    expect((await stat(join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700)
  })

  it('ends with a parent killed by SIGKILL, and starts again with everything committed', async () => {
    const killed = await startOwner(dataDir)
    await query(killed.answer.connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const pid = await postmasterPid()
    await endOwner(killed, 'SIGKILL')
    await until('the server ends', () => isGone(pid), 3_000)

    const next = await startOwner(dataDir)
    expect(await query(next.answer.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  it('starts at once after a kill, while the old server is still on its way out', async () => {
    for (const _ of [1, 2, 3, 4, 5]) {
      const owner = await startOwner(dataDir)
      expect(owner.answer).toMatchObject({ adopted: false })
      await endOwner(owner, 'SIGKILL')
    }
  })

  it('recovers when the server was killed too and its lock names a process that lives', async () => {
    const owner = await startOwner(dataDir)
    const pid = await postmasterPid()
    const lock = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')
    process.kill(pid, 'SIGKILL')
    await until('the server is gone', () => isGone(pid))
    await endOwner(owner, 'SIGKILL')

    const reused = lock.replace(String(pid), String(process.pid))
    await writeFile(join(dataDir, 'postgres/postmaster.pid'), reused)
    await writeFile(join(dataDir, 'run/.s.PGSQL.5432.lock'), reused)
    expect((await startOwner(dataDir)).answer).toMatchObject({ adopted: false })
  })

  it('tells its owner when the server goes away unasked', async () => {
    const started = await startEmbeddedPostgres({ dataDir, claim: 'service', log: () => undefined })
    if (!started.ok) throw new Error(started.problem.message)
    process.kill(await postmasterPid(), 'SIGKILL')
    expect(await started.value.exited).toEqual({ expected: false, reason: 'ended by SIGKILL' })
    await started.value.stop()

    // A killed server leaves shared memory behind; the next one on its folder frees it.
    await startOwner(dataDir)
  })
})

describe('a data folder that is in use', () => {
  it('refuses a second service in one line that names the first', async () => {
    const first = await startOwner(dataDir)
    const second = await startOwner(dataDir)
    expect(second.answer.problem?.kind).toBe('in_use')
    expect(second.answer.problem?.message).toContain(`(pid ${first.child.pid})`)
    expect(second.answer.problem?.message).not.toContain('\n')
  })

  it('lends a service’s server to a command, which leaves it running', async () => {
    const service = await startOwner(dataDir)
    const tool = await startOwner(dataDir, { claim: 'tool' })
    expect(tool.answer).toEqual({ connection: service.answer.connection, adopted: true })
    await endOwner(tool, 'SIGTERM')
    expect(await query(service.answer.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('makes a service wait for a command’s temporary server to end', async () => {
    const tool = await startOwner(dataDir, { claim: 'tool' })
    const pid = await postmasterPid()
    const lines: string[] = []
    const service = startEmbeddedPostgres({
      dataDir,
      claim: 'service',
      log: (line) => lines.push(line),
    })
    await until('the service says that it waits', async () => lines.length > 0)
    await endOwner(tool, 'SIGTERM')

    const started = await service
    if (!started.ok) throw new Error(started.problem.message)
    expect(lines[0]).toBe(`Waiting up to 30 s for a Replyline command (pid ${tool.child.pid}).`)
    expect(await postmasterPid()).not.toBe(pid)
    await started.value.stop()
  })

  it('lets exactly one of several services that start together have it', async () => {
    const rivals = await Promise.all([1, 2, 3].map(() => startOwner(dataDir)))
    const outcomes = rivals.map(({ answer }) => answer.problem?.kind ?? 'started').sort()
    expect(outcomes).toEqual(['in_use', 'in_use', 'started'])
  })
})

describe('a data folder that cannot serve', () => {
  const start = async (folder: string) => {
    const started = await startEmbeddedPostgres({
      dataDir: folder,
      claim: 'service',
      log: () => undefined,
    })
    if (!started.ok) return started.problem.kind
    await started.value.stop()
    return 'started'
  }

  it('is reported when it cannot be made or written', async () => {
    await writeFile(join(home, 'file'), '')
    expect(await start(join(home, 'file'))).toBe('folder_not_writable')
    expect(await start(join(home, 'file/data'))).toBe('folder_not_writable')
  })

  it.skipIf(process.getuid?.() === 0)('is reported when its mode forbids writing', async () => {
    await mkdir(dataDir)
    await chmod(dataDir, 0o500)
    expect(await start(dataDir)).toBe('folder_not_writable')
  })

  it('is reported when its cluster is another version’s or nobody’s', async () => {
    await mkdir(join(dataDir, 'postgres'), { recursive: true })
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '17\n')
    expect(await start(dataDir)).toBe('other_version')
    await rm(join(dataDir, 'postgres/PG_VERSION'))
    await writeFile(join(dataDir, 'postgres/holiday.jpg'), '')
    expect(await start(dataDir)).toBe('folder_occupied')
  })

  it('serves under a path too long for a socket, through a private folder elsewhere', async () => {
    const far = join(home, ...Array.from({ length: 5 }, () => 'a-rather-long-folder-name'))
    const owner = await startOwner(far)
    const { connection } = owner.answer
    expect(connection?.host.startsWith(far)).toBe(false)
    expect((await stat(connection?.host ?? '')).mode & 0o777).toBe(0o700)
    expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await endOwner(owner, 'SIGTERM')
    await rm(connection?.host ?? '', { recursive: true })
  })

  it('is cleaned of a half-made cluster whose maker is dead, and only of that', async () => {
    const living = `postgres.new-${await stampOf(process.pid)}-abcdef`
    await mkdir(join(dataDir, 'postgres.new-999999999@1-abcdef/base'), { recursive: true })
    await mkdir(join(dataDir, living))
    expect(await start(dataDir)).toBe('started')
    const drafts = (await readdir(dataDir)).filter((name) => name.includes('.new-'))
    expect(drafts).toEqual([living])
  })

  it('comes up whole after a kill in the middle of making it', async () => {
    const making = spawnOwner(dataDir, { spawn: { timeout: 250, killSignal: 'SIGKILL' } })
    await making.then(
      (owner) => endOwner(owner, 'SIGKILL'),
      () => undefined,
    )
    expect(await start(dataDir)).toBe('started')
    const drafts = (await readdir(dataDir)).filter((name) => name.includes('.new-'))
    expect(drafts).toEqual([])
  })
})

describe('a process', () => {
  it('is known by pid and start, and is no postmaster unless it serves this cluster', async () => {
    expect(await stampOf(process.pid)).toMatch(new RegExp(`^${process.pid}@`))
    expect(await stampOf(999_999_999)).toBeNull()
    expect(await isPostmasterOf(process.pid, dataDir)).toBe(false)
    await expect(access(dataDir)).rejects.toThrow('ENOENT')
  })
})
