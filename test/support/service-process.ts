import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

export const BIN = new URL('../../bin/replyline.js', import.meta.url).pathname

const READY_DEADLINE_MS = 30_000

/** The real service as a child process, which may be started and ended any number of times. */
export type ServiceProcess = {
  readonly url: string
  /** Resolves when it is ready, or has died of the failpoint. */
  start(failpoint?: string): Promise<void>
  /** SIGKILL, and wait for the end. */
  kill(): Promise<void>
  /** Stops the process in its tracks, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void
  /** Resolves when it has ended. */
  died(): Promise<void>
  isUp(): boolean
  pid(): number | null
}

export function serviceProcess(env: Readonly<Record<string, string>>): ServiceProcess {
  const url = `http://127.0.0.1:${env.PORT}`
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

  return {
    url,
    start,
    died,
    isUp,
    pid: () => child?.pid ?? null,
    signal: (signal) => child?.kill(signal),
    async kill() {
      child?.kill('SIGKILL')
      await died()
    },
  }
}

/** Ports that nobody uses, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1)
  return port
}
