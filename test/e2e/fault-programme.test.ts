import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PROGRAMME = fileURLToPath(new URL('../faults/main.ts', import.meta.url))

/** It takes a minute; a busy machine takes longer. */
const PATIENCE_MS = 420_000

it(
  'the short form of the fault programme finds every bound held',
  async () => {
    const child = spawn(process.execPath, [PROGRAMME, '--short'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [printed, code] = await Promise.all([
      text(child.stdout),
      new Promise<number | null>((resolve) => child.on('exit', resolve)),
    ])
    expect(code, printed).toBe(0)
    expect(printed).toMatch(/Every bound holds/)
  },
  PATIENCE_MS,
)
