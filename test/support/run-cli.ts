import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../bin/replyline.js', import.meta.url))

export type CliRun = {
  readonly child: ChildProcess
  /** What it has written so far. */
  readonly output: { stdout: string; stderr: string }
  readonly ended: Promise<CliEnd>
}

export type CliEnd = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

type Where = { readonly folder: string; readonly env?: Readonly<Record<string, string>> }

/** Starts `replyline` in a folder, with these settings and no others. */
export function startCli(args: readonly string[], { folder, env = {} }: Where): CliRun {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, DATA_DIR: 'data', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (bytes: Buffer) => {
      output[name] += bytes
    })
  }
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }))
  return { child, output, ended }
}

/** Runs `replyline` to its end; one that does not end by itself within `withinMs` is killed, its code null. */
export async function runCli(
  args: readonly string[],
  where: Where,
  withinMs = 20_000,
): Promise<CliEnd> {
  const { child, ended } = startCli(args, where)
  const deadline = setTimeout(() => child.kill('SIGKILL'), withinMs)
  try {
    return await ended
  } finally {
    clearTimeout(deadline)
  }
}

/** Ends one that runs, by the signal that an operator's shell would send. */
export async function endCli({ child, ended }: CliRun): Promise<CliEnd> {
  if (child.exitCode === null) child.kill('SIGTERM')
  return ended
}
