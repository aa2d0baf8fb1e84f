import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rotateKey } from '../../src/connections/rotate-key.ts'
import { createSeal, type Seal } from '../../src/connections/seal.ts'
import { flowContext, secretContext, tokenContext } from '../../src/connections/sealed-contexts.ts'
import { readSecretKeys, rereadSecretKeys } from '../../src/connections/secret-key.ts'
import { findConnection } from '../../src/db/connection-store.ts'
import { claimKeyId } from '../../src/db/installation-store.ts'
import { saveOauthFlow } from '../../src/db/oauth-flow-store.ts'
import { createPool, inTransaction } from '../../src/db/pool.ts'
import { lockSealedValues } from '../../src/db/sealed-store.ts'
import { findToken, saveToken } from '../../src/db/token-store.ts'
import { findWebhook } from '../../src/db/webhook-store.ts'
import { systemClock } from '../../src/follow-clock.ts'
import { instant } from '../../src/kernel/instant.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { insertBridge, type TestBridge } from '../support/test-bridge.ts'

let database: OwnDatabase
let pool: pg.Pool
let folder: string
let path: string
let running: Seal
let bridge: TestBridge

beforeEach(async () => {
  database = await ownDatabase()
  pool = createPool(database.config, { max: 3 })
  folder = await mkdtemp(join(tmpdir(), 'replyline-key-'))
  path = join(folder, 'secret.key')
  running = createSeal(await readSecretKeys(path), () => rereadSecretKeys(path))
  await claimKeyId(pool as never, running.keyId())
  bridge = await insertBridge(pool as never, running)
  const { zendesk } = bridge.connections
  const tokenSealed = running.seal('the token', tokenContext(zendesk))
  const row = await findConnection(pool as never, zendesk)
  if (row === null) throw new Error('there is no connection')
  await saveToken(pool as never, row, { tokenSealed, expiresAt: null, scopes: null })
  const stateHash = v7()
  const requestSealed = running.seal('the request', flowContext(stateHash))
  const flow = { stateHash, browserHash: 'b', platform: 'zendesk', requestSealed } as const
  await saveOauthFlow(pool as never, { ...flow, createdAt: systemClock.now() }, instant(0))
})
afterEach(async () => {
  await pool.end()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const rotate = () => rotateKey(path, (work) => inTransaction(pool, work))
const sealedNow = () => inTransaction(pool, lockSealedValues)

describe('a new key', () => {
  it('seals everything, and a copy that runs opens it without a restart', async () => {
    const before = running.keyId()
    const { keyId, count } = await rotate()
    expect(count).toBe(4)
    expect((await sealedNow()).every(({ sealed }) => sealed.split('.')[1] === keyId)).toBe(true)
    const { zendesk, klaviyo } = bridge.connections
    const webhook = await findWebhook(pool as never, klaviyo)
    expect(running.open(webhook?.secretSealed ?? '', secretContext(klaviyo))).toBe(
      bridge.secrets.klaviyo,
    )
    const token = await findToken(pool as never, zendesk)
    expect(running.open(token?.tokenSealed ?? '', tokenContext(zendesk))).toBe('the token')
    expect([running.keyId(), before === keyId]).toEqual([keyId, false])
  })

  it('leaves open what a copy sealed with the key before', async () => {
    const late = running.seal('late', 'c')
    await rotate()
    const next = createSeal(await readSecretKeys(path))
    expect(next.open(late, 'c')).toBe('late')
  })

  it('ends the key before the last one', async () => {
    const old = running.seal('old', 'c')
    await rotate()
    await rotate()
    const keys = await readSecretKeys(path)
    expect(keys).toHaveLength(2)
    expect(() => createSeal(keys).open(old, 'c')).toThrow(/restore the secret key file/)
  })

  it('changes nothing when a value cannot be opened', async () => {
    await pool.query(`update webhooks set secret_sealed = left(secret_sealed, -8) || 'AAAAAAAA'`)
    const before = await sealedNow()
    await expect(rotate()).rejects.toThrow()
    expect(await sealedNow()).toEqual(before)
    expect(createSeal(await readSecretKeys(path)).knows(running.keyId())).toBe(true)
  })

  it('stands in a file that nobody else may read', async () => {
    await rotate()
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(2)
  })
})
