import { readdirSync, readFileSync } from 'node:fs'

/** The value below which the share `p` of the sorted values lies. */
function percentile(sorted: readonly number[], p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN
}

/** p50, p95 and p99, to a hundredth. */
export function spread(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((p) => round(percentile(sorted, p)))
  return { p50, p95, p99 }
}

export function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}

export function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** The machine's clock, finer than a millisecond, the same in every process. */
export function clockMs(): number {
  return performance.timeOrigin + performance.now()
}

const TICKS_A_SECOND = 100

/** Seconds of CPU that a process has used, and its ended children. */
export function cpuSeconds(pid: number): number {
  const fields = statOf(pid)
  return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0) / TICKS_A_SECOND
}

/** The same of a process and all that it started. */
export function treeCpuSeconds(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => Number(statOf(child)[1]) === pid)
  return children.reduce((sum, child) => sum + cpuSeconds(child), cpuSeconds(pid))
}

/** Megabytes that a process holds in memory. */
export function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Math.round(Number(kb) / 1024)
}

/** The fields of /proc/<pid>/stat behind the name, the state first; none of a process that ended. */
function statOf(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
