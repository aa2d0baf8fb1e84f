import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import { BIN, freePorts } from './service-process.ts'

/** `npm run demo` in a folder of its own, after its story. */
export type DemoProcess = {
  /** The one address that it prints. */
  readonly url: string
  close(): Promise<void>
}

const START_DEADLINE_MS = 90_000

export async function startDemo(): Promise<DemoProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'replyline-studio-'))
  const [port, control, zendesk, klaviyo] = await freePorts(4)
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    DATA_DIR: join(folder, 'data'),
    PORT: String(port),
    SANDBOX_PORT: String(control),
    SANDBOX_ZENDESK_PORT: String(zendesk),
    SANDBOX_KLAVIYO_PORT: String(klaviyo),
  }
  const child = spawn(process.execPath, [BIN, 'demo'], {
    env,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const url = await addressOf(child)
    return { url, close: () => end(child, folder) }
  } catch (error) {
    await end(child, folder)
    throw error
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  let output = ''
  child.stdout?.setEncoding('utf8')
  child.stdout?.on('data', (text: string) => {
    output += text
  })
  const find = async () => {
    if (child.exitCode !== null) throw new Error(`the demo ended:\n${output}`)
    return /^Open (\S+)/m.exec(output)?.[1]
  }
  return eventually('the address of the demo', find, START_DEADLINE_MS)
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
