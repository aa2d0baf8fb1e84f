import { readFileSync } from 'node:fs'
import type { ServiceProcess } from '../support/service-process.ts'

const EVERY_MS = 500

/** Looks how much memory each service's process has ever held; Linux alone tells. */
export function watchMemory(services: readonly ServiceProcess[]) {
  let peak = 0
  const timer = setInterval(() => {
    for (const { pid } of services) peak = Math.max(peak, megabytesOf(pid()))
  }, EVERY_MS)
  return { peakMegabytes: () => peak, stop: () => clearInterval(timer) }
}

function megabytesOf(pid: number | null): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024)
  } catch {
    // It has just ended, or this is no Linux.
    return 0
  }
}
