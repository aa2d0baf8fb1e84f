import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createOutsideWorld, type OutsideWorld } from '../../src/cli/demo/outside-world.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'

const BIN = new URL('../../bin/replyline.js', import.meta.url).pathname
const run = promisify(execFile)

/** The real service as a child process on an embedded database, beside a sandbox of the test's own. */
export type Stack = {
  readonly sandbox: Sandbox
  readonly world: OutsideWorld
  readonly url: string
  /** Starts the service, with a failpoint or without; resolves when it is ready, or has died of the failpoint. */
  start(failpoint?: string): Promise<void>
  /** A call of the control API that the story's own world does not know. */
  control(method: string, path: string, body?: unknown): Promise<void>
  /** How far a look that finds nothing yet moves the sandbox's clock. */
  readonly patienceMs: number
  /** SIGKILL, and wait for the end. */
  kill(): Promise<void>
  /** Resolves when the service has ended by itself. */
  died(): Promise<void>
  isUp(): boolean
  /** Runs a command of the CLI on the same data; answers its stdout. */
  cli(...args: string[]): Promise<string>
  close(): Promise<void>
}

const READY_DEADLINE_MS = 30_000

/**
 * Starts sandbox and service, and makes the bridge. Everything lives in a folder that `close` removes.
 * `prepare` may shape the sandbox before the bridge is made.
 */
export async function startStack(
  prepare: (stack: Stack) => Promise<void> = async () => undefined,
): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'replyline-e2e-'))
  const sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    KLAVIYO_API_URL: sandbox.klaviyoUrl,
    PLATFORM_HOSTS: [sandbox.zendeskUrl, sandbox.klaviyoUrl]
      .map((at) => new URL(at).host)
      .join(','),
    CLOCK_URL: sandbox.controlUrl,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
  }
  let child: ChildProcess | null = null

  const isUp = () => child !== null && child.exitCode === null && child.signalCode === null
  async function start(failpoint = ''): Promise<void> {
    child = spawn(process.execPath, [BIN, 'start'], {
      env: { ...env, FAILPOINT: failpoint },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const until = performance.now() + READY_DEADLINE_MS
    while (isUp() && performance.now() < until) {
      const answer = await fetch(`${url}/readyz`).catch(() => null)
      if (answer?.status === 200) return
      await delay(25)
    }
    if (isUp()) throw new Error('the service was not ready in time')
    if (failpoint === '') throw new Error('the service did not start')
  }
  async function died(): Promise<void> {
    if (child !== null && isUp()) await once(child, 'exit')
  }
  async function kill(): Promise<void> {
    child?.kill('SIGKILL')
    await died()
  }

  const stack: Stack = {
    sandbox,
    world: createOutsideWorld(sandbox.controlUrl),
    url,
    patienceMs: 6_000,
    async control(method, path, body) {
      const response = await fetch(`${sandbox.controlUrl}/control${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body ?? {}),
      })
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
    },
    start,
    kill,
    died,
    isUp,
    cli: async (...args) =>
      (await run(process.execPath, [BIN, ...args], { env, cwd: folder })).stdout,
    async close() {
      if (isUp()) child?.kill('SIGTERM')
      await died()
      await sandbox.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await writeFile(join(folder, 'bridge.yaml'), bridgeFile(sandbox))
  await prepare(stack)
  await start()
  await stack.cli('apply', '-f', join(folder, 'bridge.yaml'))
  return stack
}

function bridgeFile(sandbox: Sandbox): string {
  return `name: nordlys
zendesk: { url: "${sandbox.zendeskUrl}", clientId: replyline, clientSecret: replyline-secret }
klaviyo: { apiKey: pk_sandbox }
tickets: { brands: all, resolvedOn: closed }
sms: { enabled: true, brand: Nordlys, routes: [{ number: "+14155550101", brand: Fjell, tags: [fjell] }] }
`
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
