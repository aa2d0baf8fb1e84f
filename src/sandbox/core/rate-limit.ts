import type { SandboxClock } from './clock.ts'

export type RateLimitAnswer = {
  readonly allowed: boolean
  readonly remaining: number
  /** Milliseconds until the window ends. */
  readonly resetMs: number
}

export type RateLimits = {
  /** Counts one call against `key`. A refused call is not counted. */
  take(key: string, limit: number, windowMs: number): RateLimitAnswer
  /** What `take` would answer, without counting. */
  peek(key: string, limit: number, windowMs: number): RateLimitAnswer
  enabled(): boolean
  setEnabled(enabled: boolean): void
  clear(): void
}

/** Fixed windows on the sandbox clock; a window opens with its first call. */
export function createRateLimits(clock: SandboxClock): RateLimits {
  const windows = new Map<string, { endsAt: number; used: number }>()
  let isEnabled = true

  function currentWindow(key: string, windowMs: number): { endsAt: number; used: number } {
    const now = clock.now()
    const known = windows.get(key)
    return known !== undefined && known.endsAt > now ? known : { endsAt: now + windowMs, used: 0 }
  }

  function peek(key: string, limit: number, windowMs: number): RateLimitAnswer {
    const { endsAt, used } = currentWindow(key, windowMs)
    const remaining = Math.max(0, limit - used)
    const resetMs = Math.max(0, endsAt - clock.now())
    return { allowed: !isEnabled || remaining > 0, remaining, resetMs }
  }

  return {
    peek,

    take(key, limit, windowMs) {
      const answer = peek(key, limit, windowMs)
      if (!isEnabled || !answer.allowed) return answer
      const window = currentWindow(key, windowMs)
      windows.set(key, { ...window, used: window.used + 1 })
      return { ...answer, remaining: answer.remaining - 1 }
    },

    enabled: () => isEnabled,
    setEnabled(enabled) {
      isEnabled = enabled
    },
    clear() {
      windows.clear()
      isEnabled = true
    },
  }
}
