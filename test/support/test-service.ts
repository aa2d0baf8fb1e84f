import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import type pg from 'pg'
import { pino } from 'pino'
import { v7 } from 'uuid'
import { createSeal } from '../../src/connections/seal.ts'
import { createWebhookTargets } from '../../src/connections/webhook-target.ts'
import { saveApiToken } from '../../src/db/api-token-store.ts'
import { createPool, type DatabaseConfig, inTransaction, isDataFault } from '../../src/db/pool.ts'
import type { Tx } from '../../src/db/records.ts'
import { createIntake } from '../../src/engine/intake.ts'
import { openQueue } from '../../src/engine/queue.ts'
import { systemClock } from '../../src/follow-clock.ts'
import { startServer } from '../../src/http/server.ts'
import { createTelemetry } from '../../src/http/telemetry.ts'
import { type Instant, instant } from '../../src/kernel/instant.ts'
import { hashToken } from '../../src/operators/hash-token.ts'
import type { SignedDelivery } from './signed-delivery.ts'
import { insertBridge, type TestBridge } from './test-bridge.ts'
import { testDoctor } from './test-doctor.ts'
import { type TestPlatforms, testSetUp } from './test-set-up.ts'

/** The service without its workers: what it stores stays as intake left it. */
export type TestService = {
  readonly url: string
  readonly port: number
  readonly db: Tx
  readonly bridge: TestBridge
  readonly apiToken: string
  /** What its set-up works with. */
  readonly setUp: ReturnType<typeof testSetUp>
  /** Everything that was logged, at every level. */
  readonly logged: () => string
  addBridge(): Promise<TestBridge>
  /** Sends a delivery to a bridge, the first unless told. */
  deliver(delivery: SignedDelivery, to?: TestBridge): Promise<Response>
  count(table: 'events' | 'intake_keys' | 'work_items' | 'effects' | 'pgboss.job'): Promise<number>
  /** Empties the tables that deliveries fill. */
  forget(): Promise<void>
  close(): Promise<void>
}

/** What makes the first owner of every test's service. */
export const SETUP_TOKEN = 'the-tests-own-set-up-token'

type Site = {
  readonly publicUrl?: string
  readonly pagesFolder?: string
  readonly isBeingBuilt?: () => boolean
  /** Emulated platforms that may be called. */
  readonly platforms?: TestPlatforms
}

/** Starts it on a migrated database. `now` is the time that signatures and sessions are held against. */
export async function startTestService(
  database: DatabaseConfig,
  now: () => Instant = () => instant(Date.now()),
  {
    publicUrl = 'http://127.0.0.1',
    pagesFolder = '/nowhere',
    isBeingBuilt = () => false,
    platforms,
  }: Site = {},
): Promise<TestService> {
  const pool = createPool(database, { max: 8 })
  const db = pool as unknown as Tx
  const seal = createSeal([randomBytes(32)])
  const { log, logged } = memoryLog()
  const boss = await openQueue(db, (error) => log.warn({ err: error }, 'the queue met an error'))
  const addBridge = async () => insertBridge(db, seal)
  const telemetry = createTelemetry()
  const access = {
    ...{ db, clock: { now }, newId: v7, publicUrl, log },
    ...{ setupToken: SETUP_TOKEN, browserKey: randomBytes(32) },
  }
  const setUp = testSetUp({ pool, seal, clock: { now }, publicUrl, platforms })
  const recovery = { boss, ...intakeDeps(pool), newId: v7, wake: () => undefined }
  const server = await startServer({
    ...{ port: 0, host: '127.0.0.1' },
    health: { db, telemetry, isEngineUp: () => true },
    log,
    front: {
      api: {
        ...{ db, access, setUp, doctor: testDoctor(setUp), clock: systemClock, recovery },
        isSandbox: false,
      },
      pages: { folder: pagesFolder, isBeingBuilt, newNonce: () => randomUUID() },
      webhooks: {
        intake: createIntake({ boss, isDataFault, newId: v7, ...intakeDeps(pool) }),
        findTarget: createWebhookTargets({ db, seal, clock: systemClock }),
        ...{ clock: systemClock, realClock: { now }, newId: v7, telemetry, log },
      },
    },
  })
  const url = `http://127.0.0.1:${server.port}`
  const bridge = await addBridge()
  const apiToken = `rl_${randomUUID()}`
  await saveApiToken(db, hashToken(apiToken), 'test', systemClock.now())

  return {
    ...{ url, port: server.port, db, bridge, apiToken, setUp, logged, addBridge },
    deliver: ({ platform, headers, body }, to = bridge) =>
      fetch(`${url}/webhooks/${platform}/${to.connections[platform]}`, {
        method: 'POST',
        headers,
        body,
      }),
    async count(table) {
      const { rows } = await db.query<{ n: number }>(`select count(*)::int as n from ${table}`)
      return rows[0]?.n ?? 0
    },
    async forget() {
      await db.query(
        'truncate events, intake_keys, customers, tickets, profiles, pgboss.job cascade',
      )
    },
    async close() {
      await server.close()
      await setUp.outbound.close()
      await boss.stop({ graceful: false })
      await pool.end()
    },
  }
}

function intakeDeps(pool: pg.Pool) {
  return {
    inTransaction: <T>(work: (tx: Tx) => Promise<T>) => inTransaction(pool, work),
    clock: systemClock,
    hash: (text: string) => createHash('sha256').update(text).digest('hex'),
    failpoint: () => undefined,
    onCommitted: () => undefined,
  }
}

function memoryLog() {
  const lines: string[] = []
  const memory = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  return { log: pino({ level: 'trace' }, memory), logged: () => lines.join('') }
}
