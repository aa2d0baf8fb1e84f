import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, mkdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const KEY_BYTES = 32

/** A key file that cannot be used; `message` is one line with the remedy. */
export class KeyFileProblem extends Error {
  override readonly name = 'KeyFileProblem'
}

/**
 * Reads the installation's secret keys, 32 bytes in base64 each, one a line: the first seals, every one
 * opens. Makes the file (mode 0600) when it is absent. All copies of the service need the same file. Two
 * that start at once agree on one key: the file appears whole or not at all, and the first one stands.
 */
export async function readSecretKeys(path: string): Promise<readonly Buffer[]> {
  const text = (await read(path)) ?? (await make(path).catch((error) => cannotMake(path, error)))
  const keys = parseKeys(text)
  if (keys === null)
    throw new KeyFileProblem(
      `${path} does not hold a secret key (32 bytes in base64): restore the file it was, or remove it if nothing is sealed yet`,
    )
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0)
    throw new KeyFileProblem(`${path} can be read by others: run chmod 600 on it`)
  return keys
}

/** Reads the file again in a running process; none when it cannot be read just now. */
export function rereadSecretKeys(path: string): readonly Buffer[] {
  try {
    return parseKeys(readFileSync(path, 'utf8')) ?? []
  } catch {
    return []
  }
}

export function newSecretKey(): Buffer {
  return randomBytes(KEY_BYTES)
}

/** Replaces the file by one with these keys, all at once. */
export async function writeSecretKeys(path: string, keys: readonly Buffer[]): Promise<void> {
  const draft = `${path}.${process.pid}.new`
  const text = keys.map((key) => `${key.toString('base64')}\n`).join('')
  await writeFile(draft, text, { mode: 0o600 })
  await rename(draft, path)
}

function parseKeys(text: string): readonly Buffer[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const keys = lines.map((line) => Buffer.from(line.trim(), 'base64'))
  return keys.length > 0 && keys.every((key) => key.length === KEY_BYTES) ? keys : null
}

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw new KeyFileProblem(
      `${path} cannot be read (${code}): let this user read it, or set SECRET_KEY_FILE`,
    )
  }
}

function cannotMake(path: string, { code }: NodeJS.ErrnoException): never {
  throw new KeyFileProblem(
    `${path} cannot be made (${code}): let this user write its folder, or set SECRET_KEY_FILE`,
  )
}

async function make(path: string): Promise<string> {
  const draft = `${path}.${process.pid}.new`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(draft, `${newSecretKey().toString('base64')}\n`, { mode: 0o600 })
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(draft)
  return readFile(path, 'utf8')
}
