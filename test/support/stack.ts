import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createOutsideWorld, type OutsideWorld } from '../../src/cli/demo/outside-world.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import { BIN, freePort, type ServiceProcess, serviceProcess } from './service-process.ts'
import { SETUP_TOKEN } from './test-service.ts'

const run = promisify(execFile)

/** The real service as a child process, beside a sandbox of the test's own, with a bridge between them. */
export type Stack = {
  readonly sandbox: Sandbox
  readonly world: OutsideWorld
  readonly service: ServiceProcess
  /** A call of the control API that the story's own world does not know. */
  control(method: string, path: string, body?: unknown): Promise<void>
  /** How far a look that finds nothing yet moves the sandbox's clock; 0 leaves it alone. */
  readonly patience: { ms: number }
  /** Another copy of the service on the same data; needs a database they can share. */
  anotherService(role?: string): Promise<ServiceProcess>
  /** Runs a command of the CLI on the same data; answers its stdout. */
  cli(...args: string[]): Promise<string>
  close(): Promise<void>
}

type Options = {
  /** Shapes the sandbox before the bridge is made. */
  readonly prepare?: (stack: Stack) => Promise<void>
  /** Without it, an embedded database of the stack's own. */
  readonly databaseUrl?: string
  /** What the first service does; `web` needs a database that others can share. */
  readonly role?: string
  /** Where the service reaches the platforms, when not at the sandbox itself: through proxies. */
  readonly through?: (sandbox: Sandbox) => Promise<PlatformUrls>
}

type PlatformUrls = { readonly zendeskUrl: string; readonly klaviyoUrl: string }

/** Starts sandbox and service, and makes the bridge. Everything lives in a folder that `close` removes. */
export async function startStack(options: Options = {}): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'replyline-e2e-'))
  const sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  const urls = (await options.through?.(sandbox)) ?? sandbox
  const port = await freePort()
  const { controlUrl } = sandbox
  const { databaseUrl } = options
  const shared = environment({ folder, controlUrl, urls, databaseUrl, port })
  const env = { ...shared, ROLE: options.role ?? 'all' }
  const services = [serviceProcess(env)]
  const [service] = services as [ServiceProcess]

  const stack: Stack = {
    sandbox,
    world: createOutsideWorld(sandbox.controlUrl),
    service,
    patience: { ms: options.databaseUrl === undefined ? 6_000 : 0 },
    control: (method, path, body) => control(sandbox, method, path, body),
    async anotherService(ROLE = 'all') {
      const other = serviceProcess({ ...env, ROLE, PORT: String(await freePort()) })
      services.push(other)
      return other
    },
    cli: async (...args) =>
      (await run(process.execPath, [BIN, ...args], { env, cwd: folder })).stdout,
    async close() {
      for (const one of services) {
        one.signal('SIGCONT')
        one.signal('SIGTERM')
        await one.died()
      }
      await sandbox.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await writeFile(join(folder, 'bridge.yaml'), bridgeFile(urls))
  await options.prepare?.(stack)
  await service.start()
  await stack.cli('apply', '-f', join(folder, 'bridge.yaml'))
  return stack
}

type Surroundings = {
  readonly folder: string
  readonly controlUrl: string
  readonly urls: PlatformUrls
  readonly databaseUrl: string | undefined
  readonly port: number
}

function environment(given: Surroundings): Record<string, string> {
  const { folder, controlUrl, urls, databaseUrl, port } = given
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: databaseUrl ?? '',
    KLAVIYO_API_URL: urls.klaviyoUrl,
    PLATFORM_HOSTS: [urls.zendeskUrl, urls.klaviyoUrl].map((at) => new URL(at).host).join(','),
    CLOCK_URL: controlUrl,
    SETUP_TOKEN,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
  }
}

async function control(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<void> {
  const response = await fetch(`${sandbox.controlUrl}/control${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  })
  if (!response.ok)
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
}

function bridgeFile({ zendeskUrl }: PlatformUrls): string {
  return `name: nordlys
zendesk: { url: "${zendeskUrl}", clientId: replyline, clientSecret: replyline-secret }
klaviyo: { apiKey: pk_sandbox }
tickets: { brands: all, resolvedOn: closed }
sms: { enabled: true, brand: Nordlys, routes: [{ number: "+14155550101", brand: Fjell, tags: [fjell] }] }
`
}
