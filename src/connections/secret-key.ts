import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const KEY_BYTES = 32

/** A key file that cannot be used; `message` is one line with the remedy. */
export class KeyFileProblem extends Error {
  override readonly name = 'KeyFileProblem'
}

/**
 * Reads the installation's secret key, 32 bytes in base64, and makes the file (mode 0600) when it is
 * absent. All copies of the service need the same file. Two that start at once agree on one key: the
 * file appears whole or not at all, and the first one stands.
 */
export async function readSecretKey(path: string): Promise<Buffer> {
  const text = (await read(path)) ?? (await make(path).catch((error) => cannotMake(path, error)))
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== KEY_BYTES)
    throw new KeyFileProblem(
      `${path} does not hold a secret key (32 bytes in base64): restore the file it was, or remove it if nothing is sealed yet`,
    )
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0)
    throw new KeyFileProblem(`${path} can be read by others: run chmod 600 on it`)
  return key
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
  await writeFile(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600 })
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(draft)
  return readFile(path, 'utf8')
}
