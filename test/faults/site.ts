import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createOutsideWorld, type OutsideWorld } from '../../src/cli/demo/outside-world.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import { BIN, freePorts, type ServiceProcess, serviceProcess } from '../support/service-process.ts'
import { type BadNetwork, startBadNetwork } from './bad-network.ts'
import { type Front, startFront } from './front.ts'
import { type SharedDatabase, sharedDatabase } from './shared-database.ts'
import { watchMemory } from './watch-memory.ts'

const run = promisify(execFile)

/** The whole installation: sandbox, bad networks to both platforms, a front, a database, copies of the service. */
export type Site = {
  readonly sandbox: Sandbox
  readonly world: OutsideWorld
  readonly zendesk: BadNetwork
  readonly klaviyo: BadNetwork
  readonly front: Front
  /** Null where each service brings its own. */
  readonly database: SharedDatabase | null
  readonly services: readonly ServiceProcess[]
  control(method: string, path: string, body?: unknown): Promise<unknown>
  /** Starts a copy, again and again until it stays up: what a supervisor does. */
  raise(service: ServiceProcess): Promise<void>
  readonly bridgeFile: string
  cli(...args: string[]): Promise<string>
  /** Jobs that wait or run; null while no copy can say. */
  jobCount(): Promise<number | null>
  readonly peakMegabytes: () => number
  close(): Promise<void>
}

export type SiteOptions = {
  /** 1 with its embedded database unless given; more share a PostgreSQL. */
  readonly copies?: number
  readonly shared?: boolean
  /** Whether the platforms' own limits hold; off unless given. */
  readonly limits?: boolean
  /** Whether the shared database can be slowed; its answers then pass through this process. */
  readonly slowable?: boolean
  /** Where the database's files lie. */
  readonly folder?: string
  /** Hosts of further platforms. */
  readonly moreHosts?: readonly string[]
  /** What each copy's environment has besides. */
  readonly env?: (copy: number) => Readonly<Record<string, string>>
}

const RAISE_WITHIN_MS = 60_000

export async function openSite(options: SiteOptions = {}): Promise<Site> {
  const { copies = 1, shared = copies > 1, limits = false } = options
  const folder = await mkdtemp(join(tmpdir(), 'replyline-faults-'))
  const sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  const zendesk = await startBadNetwork(sandbox.zendeskUrl)
  const klaviyo = await startBadNetwork(sandbox.klaviyoUrl)
  const front = await startFront()
  const database = shared ? await sharedDatabase(options.folder) : null
  const ports = await freePorts(copies)
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    PUBLIC_URL: front.url,
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: (options.slowable === true ? database?.slowUrl : database?.url) ?? '',
    KLAVIYO_API_URL: klaviyo.url,
    PLATFORM_HOSTS: [
      ...[zendesk.url, klaviyo.url].map((url) => new URL(url).host),
      ...(options.moreHosts ?? []),
    ].join(','),
    CLOCK_URL: sandbox.controlUrl,
    RATE_LIMITS: limits ? 'default' : 'headers',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
  }
  const services = ports.map((port, copy) =>
    serviceProcess({ ...env, PORT: String(port), ...options.env?.(copy) }),
  )
  front.aim(ports)
  const memory = watchMemory(services)

  const site: Site = {
    ...{ sandbox, zendesk, klaviyo, front, database, services },
    world: createOutsideWorld(sandbox.controlUrl),
    control: (method, path, body) => control(sandbox, method, path, body),
    raise,
    bridgeFile: join(folder, 'bridge.yaml'),
    cli: async (...args) =>
      (await run(process.execPath, [BIN, ...args], { env, cwd: folder })).stdout,
    jobCount: () => jobCount(services),
    peakMegabytes: memory.peakMegabytes,
    async close() {
      memory.stop()
      await Promise.all(services.map(end))
      await database?.remove()
      await Promise.all([front, zendesk, klaviyo, sandbox].map((one) => one.close()))
      await rm(folder, { recursive: true, force: true })
    },
  }
  await site.control('PUT', '/limits', { enabled: limits })
  await Promise.all(services.map(raise))
  await writeFile(site.bridgeFile, bridgeFile(zendesk.url))
  await site.cli('apply', '-f', site.bridgeFile)
  return site
}

async function raise(service: ServiceProcess): Promise<void> {
  const until = performance.now() + RAISE_WITHIN_MS
  while (!service.isUp()) {
    const problem = await service.start().then(
      () => null,
      (error: Error) => error,
    )
    if (problem !== null && performance.now() > until) throw problem
    if (problem !== null) await delay(200)
  }
}

async function end(service: ServiceProcess): Promise<void> {
  service.signal('SIGCONT')
  service.signal('SIGTERM')
  const slow = setTimeout(() => void service.kill(), 15_000)
  await service.died()
  clearTimeout(slow)
}

async function control(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  const response = await fetch(`${sandbox.controlUrl}/control${path}`, {
    method,
    ...(method === 'GET'
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return text === '' ? null : (JSON.parse(text) as unknown)
}

async function jobCount(services: readonly ServiceProcess[]): Promise<number | null> {
  for (const { url } of services.filter((service) => service.isUp())) {
    const answer = await fetch(`${url}/metrics`).catch(() => null)
    const text = (await answer?.text().catch(() => null)) ?? ''
    const counts = [...text.matchAll(/^replyline_jobs\{[^}]*\} (\d+)/gm)].map(([, n]) => Number(n))
    if (text.includes('replyline_jobs')) return counts.reduce((sum, n) => sum + n, 0)
  }
  return null
}

function bridgeFile(zendeskUrl: string): string {
  return `name: nordlys
zendesk: { url: "${zendeskUrl}", clientId: replyline, clientSecret: replyline-secret }
klaviyo: { apiKey: pk_sandbox }
tickets: { brands: all, resolvedOn: closed }
sms: { enabled: true, brand: Nordlys }
`
}
