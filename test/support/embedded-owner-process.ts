import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Client, type QueryResultRow } from 'pg'
import type { Connection } from '../../src/embedded/embedded-postgres.ts'
import type { EmbeddedProblem } from '../../src/embedded/problem.ts'

type Answer = {
  readonly connection?: Connection
  readonly adopted?: boolean
  readonly problem?: EmbeddedProblem
}

export type Owner = { readonly child: ChildProcess; readonly answer: Answer }

/** Starts a process that owns, adopts or is refused the database, and waits for its answer. */
export async function startOwner(
  dataDir: string,
  options: {
    readonly claim?: 'service' | 'tool'
    readonly command?: readonly string[]
    readonly spawn?: SpawnOptions
  } = {},
): Promise<Owner> {
  const script = fileURLToPath(new URL('./embedded-owner.ts', import.meta.url))
  const [file = '', ...args] = options.command ?? [process.execPath, script]
  const child = spawn(file, [...args, dataDir, options.claim ?? 'service'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options.spawn,
  })
  const complaints: string[] = []
  child.stderr?.on('data', (chunk: Buffer) => complaints.push(String(chunk)))
  if (child.stdout === null) throw new Error('the owner has no output to read')

  for await (const line of createInterface({ input: child.stdout })) {
    return { child, answer: JSON.parse(line) as Answer }
  }
  throw new Error(`the owner ended without an answer: ${complaints.join('')}`)
}

/** Ends an owner by a signal and waits until it is gone. Does nothing to one that has ended. */
export async function endOwner({ child }: Owner, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends QueryResultRow>(
  connection: Connection | undefined,
  statement: string,
): Promise<readonly Row[]> {
  const client = new Client({ ...connection })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}

/** Waits until a condition holds; fails after `withinMs`. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  withinMs = 10_000,
): Promise<void> {
  const deadline = AbortSignal.timeout(withinMs)
  while (!(await holds())) {
    if (deadline.aborted) throw new Error(`not within ${withinMs} ms: ${what}`)
    await delay(10)
  }
}
