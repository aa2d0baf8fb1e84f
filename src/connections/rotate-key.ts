import { saveKeyId } from '../db/installation-store.ts'
import type { InTransaction } from '../db/records.ts'
import { lockSealedValues, replaceSealedValue, type SealedKind } from '../db/sealed-store.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { createSeal } from './seal.ts'
import { credentialsContext, flowContext, secretContext, tokenContext } from './sealed-contexts.ts'
import { newSecretKey, readSecretKeys, writeSecretKeys } from './secret-key.ts'

/**
 * Seals every secret anew with a new key, in one transaction. The file holds both keys before anything
 * is sealed with the new one, and keeps the one before it afterwards, for what a running copy sealed
 * meanwhile; a copy reads the file again when it meets the new key. Interrupted, it may be run again.
 */
export async function rotateKey(
  path: string,
  inTransaction: InTransaction,
): Promise<{ readonly keyId: string; readonly count: number }> {
  const keys = await readSecretKeys(path)
  const key = newSecretKey()
  await writeSecretKeys(path, [key, ...keys])
  const seal = createSeal([key, ...keys])
  const count = await inTransaction(async (tx) => {
    const values = await lockSealedValues(tx)
    for (const { kind, id, sealed } of values) {
      const context = CONTEXTS[kind](id)
      await replaceSealedValue(tx, {
        kind,
        id,
        sealed: seal.seal(seal.open(sealed, context), context),
      })
    }
    await saveKeyId(tx, seal.keyId())
    return values.length
  })
  await writeSecretKeys(path, [key, ...keys.slice(0, 1)])
  return { keyId: seal.keyId(), count }
}

const CONTEXTS: Readonly<Record<SealedKind, (id: string) => string>> = {
  credentials: (id) => credentialsContext(id as ConnectionId),
  token: (id) => tokenContext(id as ConnectionId),
  webhook: (id) => secretContext(id as ConnectionId),
  oauth_flow: flowContext,
}
