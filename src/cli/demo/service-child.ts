import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ServiceState } from '../../sandbox/studio/host.ts'

const BIN = new URL('../../../bin/replyline.js', import.meta.url).pathname

/** The service as a process of its own, started again whenever it dies: pulling its plug loses nothing. */
export type ServiceChild = {
  state(): ServiceState
  /** Where its window opens, as it said itself; null until then. May hold a set-up token behind `#`. */
  windowUrl(): string | null
  /** Ends the process with SIGKILL and starts it again a moment later. Answers in words why it cannot. */
  pullThePlug(): string | null
  stop(): Promise<void>
}

/** What the service prints once it listens. Its port could be answered by another, its own word not. */
const READY = 'Replyline listens'
const OPEN = /^Open (http\S+)/m
/** A service that ends sooner than this after its start has something to say that a restart will not mend. */
const SHORTEST_LIFE_MS = 2_000
/** How long the plug stays out: long enough to be seen, and to text into the silence. */
const PLUG_OUT_MS = 2_000

/**
 * Starts the service and waits until it is ready. Rejects when it cannot start: its own line on stderr
 * says why. It ends when this process does, SIGKILL included, because the pipe between them closes.
 */
export async function startServiceChild(
  env: Readonly<Record<string, string>>,
  { say, onChange }: { say(line: string): void; onChange(): void },
): Promise<ServiceChild> {
  let windowUrl: string | null = null
  const hear = (address: string) => {
    windowUrl = address
    onChange()
  }
  let child = launch(env, hear)
  let state: ServiceState = { kind: 'starting' }
  let endings = 0
  let isStopping = false
  let isPulled = false
  if (!(await isReady(child)))
    throw new Error('the service could not start; the line above says why')
  watch(child)
  become({ kind: 'up', pid: child.pid ?? 0, endings })

  function become(next: ServiceState): void {
    state = next
    onChange()
  }

  function watch(watched: ChildProcess): void {
    const startedAt = performance.now()
    watched.once('exit', (code, signal) => {
      if (isStopping) return
      endings += 1
      if (!isPulled && performance.now() - startedAt < SHORTEST_LIFE_MS) {
        const because = `it ended again at once (${signal ?? code})`
        say(`The service: ${because}; it is not started any more.`)
        become({ kind: 'gone', because })
        return
      }
      say(`The service ended (${signal ?? code}); starting it again. Nothing is lost.`)
      become({ kind: 'down', endings })
      setTimeout(startAgain, isPulled ? PLUG_OUT_MS : 0).unref()
      isPulled = false
    })
  }

  function startAgain(): void {
    if (isStopping) return
    const next = launch(env, hear)
    child = next
    watch(next)
    void isReady(next).then((ready) => {
      if (ready) become({ kind: 'up', pid: next.pid ?? 0, endings })
    })
  }

  return {
    state: () => state,
    windowUrl: () => windowUrl,
    pullThePlug() {
      if (state.kind !== 'up') return 'the service is not up, so its plug cannot be pulled'
      isPulled = true
      child.kill('SIGKILL')
      return null
    },
    async stop() {
      isStopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** With the mark and the pipe that `bin/replyline.js` watches: the child ends when the pipe closes. */
function launch(
  env: Readonly<Record<string, string>>,
  hearAddress: (address: string) => void,
): ChildProcess {
  const child = spawn(process.execPath, [BIN, 'start'], {
    env: { ...process.env, ...env, REPLYLINE_LAUNCHED_BY: 'spawn' },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  })
  child.stdout?.setEncoding('utf8')
  child.stdout?.on('data', (text: string) => {
    const address = OPEN.exec(text)?.[1]
    if (address !== undefined) hearAddress(address)
  })
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
