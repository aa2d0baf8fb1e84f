import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { createSeal, type Seal } from '../../src/connections/seal.ts'
import { readSecretKeys } from '../../src/connections/secret-key.ts'
import { claimKeyId } from '../../src/db/installation-store.ts'
import { migrate } from '../../src/db/migrate.ts'
import { createPool } from '../../src/db/pool.ts'
import type { Tx } from '../../src/db/records.ts'
import { startEmbeddedPostgres } from '../../src/embedded/start-postgres.ts'
import { freePort, type ServiceProcess, serviceProcess } from '../support/service-process.ts'
import { insertCustomers, insertPerfBridge, type PerfBridge } from './perf-bridge.ts'
import { fillStored } from './stored.ts'

/*
 * One PostgreSQL from npm, the real service as a process on a database of it, the reference on another
 * one beside it, and both platforms in a process of their own. All in a folder that `close` removes.
 */

export type Surroundings = {
  readonly db: Tx
  readonly bridge: PerfBridge
  readonly service: ServiceProcess
  readonly servicePort: number
  readonly mockUrl: string
  readonly postgresPid: number
  /** Starts the reference; with `delivers` it also calls the mock for each message. */
  startReference(options: { readonly delivers: boolean }): Promise<Reference>
  /** Starts a copy of the service that only takes in. */
  startWeb(): Promise<{ readonly port: number; stop(): Promise<void> }>
  /** What the mock has counted or noted since the last time. */
  ask(what: 'arrivals' | 'calls'): Promise<Record<string, number>>
  limitTexts(): Promise<void>
  close(): Promise<void>
}

export type Reference = { readonly port: number; readonly pid: number; stop(): Promise<void> }

type Options = {
  /** How many customers with an open ticket are known. */
  readonly customers: number
  readonly stored: number
  readonly env?: Readonly<Record<string, string>>
}

export async function openSurroundings(options: Options): Promise<Surroundings> {
  const folder = await mkdtemp(join(tmpdir(), 'replyline-perf-'))
  const dataDir = join(folder, 'data')
  const started = await startEmbeddedPostgres({ dataDir, claim: 'service', log: () => undefined })
  if (!started.ok) throw new Error(started.problem.message)
  const postgres = started.value
  const pool = createPool(postgres.connection, { max: 2 })
  const db = pool as unknown as Tx
  await migrate(pool)
  await pool.query('create database reference')
  const mock = await startChild('mock-platforms.ts', {})
  const mockUrl = `http://127.0.0.1:${mock.port}`
  const seal = await openSeal(db, join(folder, 'secret.key'))
  const bridge = await insertPerfBridge(db, seal, { zendesk: mockUrl, klaviyo: mockUrl })
  await insertCustomers(db, bridge, options.customers)
  if (options.stored > 0) await fillStored(db, options.stored)
  const env = {
    ...(await environment(folder, mock.port)),
    DATABASE_URL: urlOf(postgres.connection, postgres.connection.database),
    ...options.env,
  }
  const service = serviceProcess(env)
  await service.start()
  const children: Child[] = [mock]
  return {
    ...{ db, bridge, service, mockUrl },
    servicePort: Number(new URL(service.url).port),
    postgresPid: postmasterOf(dataDir),
    async startReference({ delivers }) {
      const reference = await startChild('reference.ts', {
        DATABASE_URL: urlOf(postgres.connection, 'reference'),
        SECRETS: JSON.stringify(bridge.secrets),
        UPSTREAM: delivers ? mockUrl : '',
      })
      children.push(reference)
      return reference
    },
    async startWeb() {
      const port = await freePort()
      const web = serviceProcess({ ...env, PORT: String(port), ROLE: 'web' })
      await web.start()
      return { port, stop: () => stopped(web) }
    },
    ask: async (what) =>
      (await (await fetch(`${mockUrl}/bench/${what}`)).json()) as Record<string, number>,
    limitTexts: async () => void (await fetch(`${mockUrl}/bench/limit?on=1`, { method: 'PUT' })),
    async close() {
      await stopped(service)
      for (const child of children) await child.stop()
      await pool.end()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function stopped(service: ServiceProcess): Promise<void> {
  service.signal('SIGTERM')
  await service.died()
}

async function environment(folder: string, mockPort: number): Promise<Record<string, string>> {
  const port = await freePort()
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: join(folder, 'service'),
    SECRET_KEY_FILE: join(folder, 'secret.key'),
    KLAVIYO_API_URL: `http://127.0.0.1:${mockPort}`,
    PLATFORM_HOSTS: `127.0.0.1:${mockPort}`,
    RATE_LIMITS: 'headers',
    LOG_LEVEL: process.env.BENCH_LOG_LEVEL ?? 'warn',
    NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS ?? '',
  }
}

async function openSeal(db: Tx, keyFile: string): Promise<Seal> {
  const seal = createSeal(await readSecretKeys(keyFile))
  await claimKeyId(db, seal.keyId())
  return seal
}

type Connection = Extract<pg.PoolConfig, object> & {
  readonly host: string
  readonly user: string
  readonly port: number
}

function urlOf({ host, user, port }: Connection, database: string): string {
  return `postgres:///${database}?${new URLSearchParams({ host, user, port: String(port) })}`
}

function postmasterOf(dataDir: string): number {
  const [line = ''] = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
  return Number(line)
}

type Child = { readonly port: number; readonly pid: number; stop(): Promise<void> }

/** Starts a file of this folder as a process; it says its port when it listens. */
async function startChild(file: string, env: Readonly<Record<string, string>>): Promise<Child> {
  const path = new URL(file, import.meta.url).pathname
  const child = spawn(process.execPath, [path], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { port: Number(String(line)), pid: child.pid ?? 0, stop: () => end(child) }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
