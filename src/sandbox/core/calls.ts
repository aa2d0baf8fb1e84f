import type { Platform } from './platform.ts'

/** One API call that an emulated platform received. `status` 0: the connection was cut instead. */
type ReceivedCall = {
  readonly platform: Platform
  readonly method: string
  readonly path: string
  readonly status: number
  /** ISO 8601, sandbox clock. */
  readonly at: string
}

export type CallLog = {
  add(call: ReceivedCall): void
  /** Oldest first; all platforms when none is named. */
  list(platform?: Platform): ReceivedCall[]
  clear(): void
}

const CAPACITY = 200_000

/** Keeps the latest 200,000 calls; older ones fall out a tenth at a time. */
export function createCallLog(capacity = CAPACITY): CallLog {
  let calls: ReceivedCall[] = []

  return {
    add(call) {
      if (calls.length >= capacity) calls.splice(0, Math.max(1, Math.ceil(capacity / 10)))
      calls.push(call)
    },
    list: (platform) =>
      platform === undefined ? [...calls] : calls.filter((call) => call.platform === platform),
    clear() {
      calls = []
    },
  }
}
