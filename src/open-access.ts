import { v7 } from 'uuid'
import type { Config } from './config.ts'
import { readSecretKeys } from './connections/secret-key.ts'
import type { Tx } from './db/records.ts'
import { systemClock } from './follow-clock.ts'
import type { AccessDeps } from './http/authenticate.ts'
import type { Log } from './log.ts'
import { deriveBrowserKey } from './operators/known-browser.ts'
import { deriveSetupToken } from './operators/setup-token.ts'

/** What deciding who may use the window needs. Keeps the machine's time, even beside a sandbox. */
export async function openAccess(config: Config, db: Tx, log: Log): Promise<AccessDeps> {
  const key = await firstKey(config)
  return {
    ...{ db, clock: systemClock, newId: v7, publicUrl: config.publicUrl, log },
    setupToken: config.setupToken ?? deriveSetupToken(key),
    browserKey: deriveBrowserKey(key),
  }
}

async function firstKey({ secretKeyFile }: Config): Promise<Buffer> {
  const [key] = await readSecretKeys(secretKeyFile)
  if (key === undefined) throw new Error('there is no secret key')
  return key
}
