import type { SandboxClock } from './clock.ts'

export type SandboxTimers = {
  /** Runs `task` once the sandbox clock reaches `dueAt`: by waiting, or at once by an advance. */
  at(dueAt: number, task: () => void): void
  pendingCount(): number
  /** Forgets every waiting task. */
  clear(): void
  close(): void
}

/** setTimeout overflows above this; a longer wait is taken in steps. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** Timers that follow the sandbox clock; `afterTask` hears of each that ran. They never keep the process alive by themselves. */
export function createSandboxTimers(
  clock: SandboxClock,
  afterTask: () => void = () => {},
): SandboxTimers {
  const waiting = new Map<() => void, { dueAt: number; timeout: NodeJS.Timeout | null }>()

  function schedule(task: () => void): void {
    const entry = waiting.get(task)
    if (entry === undefined) return
    if (entry.timeout !== null) clearTimeout(entry.timeout)

    const delay = Math.min(Math.max(0, entry.dueAt - clock.now()), LONGEST_TIMEOUT_MS)
    entry.timeout = setTimeout(() => runIfDue(task), delay)
    entry.timeout.unref()
  }

  function runIfDue(task: () => void): void {
    const entry = waiting.get(task)
    if (entry === undefined) return
    if (entry.dueAt > clock.now()) {
      schedule(task)
      return
    }
    waiting.delete(task)
    task()
    afterTask()
  }

  function clear(): void {
    for (const { timeout } of waiting.values()) if (timeout !== null) clearTimeout(timeout)
    waiting.clear()
  }

  const unsubscribe = clock.onAdvance(() => {
    for (const task of [...waiting.keys()]) schedule(task)
  })

  return {
    at(dueAt, task) {
      const once = () => task()
      waiting.set(once, { dueAt, timeout: null })
      schedule(once)
    },
    pendingCount: () => waiting.size,
    clear,
    close() {
      unsubscribe()
      clear()
    },
  }
}
