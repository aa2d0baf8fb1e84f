import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const BIN = new URL('../../../bin/replyline.js', import.meta.url).pathname

/** The service as a process of its own, started again whenever it dies: pulling its plug loses nothing. */
export type ServiceChild = { pid(): number | undefined; stop(): Promise<void> }

/** What the service prints once it listens. Its port could be answered by another, its own word not. */
const READY = 'Replyline listens'
/** A service that ends sooner than this after its start has something to say that a restart will not mend. */
const SHORTEST_LIFE_MS = 2_000

/**
 * Starts the service and waits until it is ready. Rejects when it cannot start: its own line on stderr
 * says why. It ends when this process does, SIGKILL included, because the pipe between them closes.
 */
export async function startServiceChild(
  env: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Promise<ServiceChild> {
  let isStopping = false
  let child = launch(env)
  if (!(await isReady(child)))
    throw new Error('the service could not start; the line above says why')
  watch(child)

  function watch(watched: ChildProcess): void {
    const startedAt = performance.now()
    watched.once('exit', (code, signal) => {
      if (isStopping) return
      if (performance.now() - startedAt < SHORTEST_LIFE_MS) {
        say(`The service ended again at once (${signal ?? code}); it is not started any more.`)
        return
      }
      say(`The service ended (${signal ?? code}); starting it again. Nothing is lost.`)
      child = launch(env)
      watch(child)
    })
  }

  return {
    pid: () => child.pid,
    async stop() {
      isStopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** With the mark and the pipe that `bin/replyline.js` watches: the child ends when the pipe closes. */
function launch(env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, [BIN, 'start'], {
    env: { ...process.env, ...env, REPLYLINE_LAUNCHED_BY: 'spawn' },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  })
  child.stdout?.setEncoding('utf8')
  return child
}

/** True when it says that it listens, false when it ends before. */
async function isReady(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve(false))
    child.stdout?.on('data', (text: string) => {
      if (text.includes(READY)) resolve(true)
    })
  })
}
