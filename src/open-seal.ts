import type { Config } from './config.ts'
import { createSeal, type Seal } from './connections/seal.ts'
import { readSecretKeys, rereadSecretKeys } from './connections/secret-key.ts'
import { claimKeyId } from './db/installation-store.ts'
import type { Tx } from './db/records.ts'
import { StartProblem } from './open-database.ts'

/**
 * The installation's seal. A copy of the service with another key could open nothing, and would set
 * aside work that its neighbours can do; so it is refused.
 */
export async function openSeal(config: Config, db: Tx): Promise<Seal> {
  const path = config.secretKeyFile
  const seal = createSeal(await readSecretKeys(path), () => rereadSecretKeys(path))
  const keyId = await claimKeyId(db, seal.keyId())
  if (seal.knows(keyId)) return seal
  throw new StartProblem(
    `${config.secretKeyFile} holds key ${seal.keyId()}, but this database is sealed with key ${keyId}: give every copy the same file, or set SECRET_KEY_FILE`,
  )
}
