import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'

const BIN = new URL('../../../bin/replyline.js', import.meta.url).pathname

/** The service as a process of its own, started again whenever it dies: pulling its plug loses nothing. */
export type ServiceChild = {
  readonly url: string
  pid(): number | undefined
  stop(): Promise<void>
}

const START_DEADLINE_MS = 60_000

/** Starts the service and waits until it is ready. Rejects with what it said when it cannot start. */
export async function startServiceChild(
  env: Readonly<Record<string, string>>,
  url: string,
  say: (line: string) => void,
): Promise<ServiceChild> {
  let stopping = false
  let hasBeenReady = false
  let child = launch()

  function launch(): ChildProcess {
    const started = spawn(process.execPath, [BIN, 'start'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    started.once('exit', (code, signal) => {
      if (stopping || !hasBeenReady) return
      say(`The service ended (${signal ?? code}); starting it again. Nothing is lost.`)
      child = launch()
    })
    return started
  }

  await untilReady(url, () => child.exitCode !== null || child.signalCode !== null)
  hasBeenReady = true
  return {
    url,
    pid: () => child.pid,
    async stop() {
      stopping = true
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  const until = performance.now() + START_DEADLINE_MS
  while (performance.now() < until) {
    if (hasEnded()) throw new Error('the service could not start; its own line above says why')
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.status === 200) return
    await delay(50)
  }
  throw new Error(`the service was not ready within ${START_DEADLINE_MS / 1000} s`)
}
