type Task = () => Promise<void>

/** Runs tasks in the order in which they come, some of them at once. */
export type BoundedQueue = {
  run(task: Task): void
  isIdle(): boolean
  /** Forgets what has not begun. */
  clear(): void
  /** Takes nothing any more. */
  close(): void
}

/** `afterTask` hears of each that ended, once its place is free again. */
export function createBoundedQueue(mostAtOnce: number, afterTask: () => void): BoundedQueue {
  const ready: Task[] = []
  let running = 0
  let isClosed = false

  function pump(): void {
    while (!isClosed && running < mostAtOnce) {
      const task = ready.shift()
      if (task === undefined) break
      running += 1
      void task().finally(() => {
        running -= 1
        pump()
        afterTask()
      })
    }
  }

  return {
    run(task) {
      if (isClosed) return
      ready.push(task)
      pump()
    },
    isIdle: () => running === 0 && ready.length === 0,
    clear() {
      ready.length = 0
    },
    close() {
      isClosed = true
    },
  }
}
