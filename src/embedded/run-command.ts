import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import type { Identity } from './identity.ts'

export type CommandEnd = { readonly code: number | null; readonly output: string }

/**
 * What every child sees. Fixed, so that no `PG…` or locale variable of the caller changes how the
 * server behaves or what language its messages are in.
 */
const CHILD_ENV = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C',
}

/**
 * Starts a command under an identity, in a session of its own: Ctrl-C in a terminal must reach the
 * service alone, which still needs its database to end in order.
 */
export function spawnAs(
  identity: Identity,
  command: readonly string[],
  options: { readonly stdio: SpawnOptions['stdio']; readonly env?: Record<string, string> },
): ChildProcess {
  const [file = '', ...args] = [...identity.prefix, ...command]
  return spawn(file, args, {
    cwd: '/',
    detached: true,
    env: { ...CHILD_ENV, ...options.env },
    stdio: options.stdio,
    ...identity.spawnIds,
  })
}

/** Runs a command to its end and keeps what it printed. A missing program is code null, never thrown. */
export function runAs(identity: Identity, command: readonly string[]): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const child = spawnAs(identity, command, { stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', (error) => resolve({ code: null, output: error.message }))
    child.once('close', (code) => {
      resolve({ code, output: Buffer.concat(chunks).toString('utf8').trim() })
    })
  })
}
