import { readFileSync } from 'node:fs'

/*
 * Loaded before the service (`node --import`): shifts the process's clock by the milliseconds that stand in
 * the file CLOCK_SKEW_FILE names, which may change while it runs.
 */

const file = process.env.CLOCK_SKEW_FILE ?? ''
const realNow = Date.now
const RealDate = Date
let skewMs = 0

function readSkew(): void {
  try {
    skewMs = Number(readFileSync(file, 'utf8'))
  } catch {
    // Not written yet.
  }
}

readSkew()
setInterval(readSkew, 200).unref()

globalThis.Date = class extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [realNow() + skewMs] : given) as []))
  }
  static override now(): number {
    return realNow() + skewMs
  }
} as DateConstructor
