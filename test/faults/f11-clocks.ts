import { writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Fault } from './fault.ts'

const MINUTE_MS = 60_000
const PRELOAD = fileURLToPath(new URL('./skewed-clock.ts', import.meta.url))
const LOAD = { phones: 10, rounds: 3 }

/** Machines whose clocks are wrong, and one that is set back while it runs. */
export const f11: readonly Fault[] = [
  skewed('three copies, 4 minutes fast, right, and 4 slow', [4, 0, -4]),
  skewed('an hour slow', [-60]),
  skewed('an hour fast', [60]),
  {
    ...skewed('set back by 10 minutes, then right again', [0]),
    load: { phones: 8, rounds: 1_000 },
    async harm(run) {
      for (let count = 0; count < run.dose(4, 1); count += 1) {
        await delay(2_500)
        setSkew(0, count % 2 === 0 ? -10 : 0)
      }
      setSkew(0, 0)
    },
  },
]

function skewed(name: string, minutes: readonly number[]): Fault {
  return {
    ...{ family: 'F11', name, load: { ...LOAD, hurryMs: 30_000 } },
    async site() {
      folder = await mkdtemp(join(tmpdir(), 'replyline-skew-'))
      for (const [copy, skew] of minutes.entries()) setSkew(copy, skew)
      const env = (copy: number) => ({
        NODE_OPTIONS: `--import ${PRELOAD}`,
        CLOCK_SKEW_FILE: skewFile(copy),
      })
      return { copies: minutes.length, env }
    },
    harm: ({ load }) => load.finished,
  }
}

let folder = ''
const skewFile = (copy: number) => join(folder, `skew-${copy}`)

function setSkew(copy: number, minutes: number): void {
  writeFileSync(skewFile(copy), String(minutes * MINUTE_MS))
}
