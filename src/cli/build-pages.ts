import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { removeDrafts } from './abandoned-drafts.ts'

/** The two browser apps: the operator's window of the service, and the studio of the sandbox. */
export type PagesName = 'window' | 'studio'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const VITE = join(ROOT, 'node_modules/vite/bin/vite.js')
/** In each built folder: the hash of what it was built from. */
const STAMP = 'built-from'

/** Where a browser app lies once it is built. */
export function pagesFolder(name: PagesName): string {
  return join(ROOT, 'dist', name)
}

/**
 * Builds a browser app when its sources changed since the last build; about a second. Idempotent;
 * two processes may build at once, and a page is served whole, from the old build or the new one.
 * Without Vite, a development dependency, what is there is kept; answers whether anything is.
 */
export async function buildPages(name: PagesName): Promise<boolean> {
  const folder = pagesFolder(name)
  await removeDrafts(folder)
  if (!existsSync(VITE)) return existsSync(folder)
  const stamp = await hashSources(name)
  if ((await readFile(join(folder, STAMP), 'utf8').catch(() => null)) === stamp) return true
  const draft = `${folder}.${process.pid}.new`
  await runVite(join('web', name), draft)
  await writeFile(join(draft, STAMP), stamp)
  await swap(draft, folder)
  return true
}

async function hashSources(name: PagesName): Promise<string> {
  const hash = createHash('sha256')
  const folder = join(ROOT, 'web', name)
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  for (const file of [
    join(ROOT, 'web/vite.config.ts'),
    join(ROOT, 'package-lock.json'),
    ...files.sort(),
  ])
    hash.update(file.slice(ROOT.length)).update(await readFile(file))
  return hash.digest('hex')
}

async function runVite(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true })
  const args = [VITE, 'build', source, '--config', 'web/vite.config.ts', '--outDir', target]
  const child = spawn(process.execPath, [...args, '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0)
    throw new Error(`the pages in ${source} could not be built; the lines above say why`)
}

/** Another process may have put its own build there meanwhile: of the same sources, so either will do. */
async function swap(draft: string, folder: string): Promise<void> {
  const old = `${draft}.old`
  await rename(folder, old).catch(() => undefined)
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }))
  await rm(old, { recursive: true, force: true })
}
