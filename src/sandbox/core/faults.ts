import type { Platform } from './platform.ts'

/** What goes wrong. Without `status` the real work is done and its answer is then spoilt. */
export type Fault = {
  readonly status?: number
  /** Text goes out as it is, anything else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Real milliseconds before anything else happens. */
  readonly delayMs?: number
  /** Cuts the connection: `before` does no work, `after` does the work and loses the answer. */
  readonly reset?: 'before' | 'after'
  /** Sends only this many bytes of the answer's body (`true`: half), then cuts the connection. */
  readonly truncate?: boolean | number
}

export type FaultRule = {
  readonly platform: Platform
  readonly match: { readonly method?: string; readonly path?: string }
  readonly times: number
  readonly fault: Fault
}

export type Faults = {
  add(rule: FaultRule): void
  /** The fault for this call, used up once; the oldest matching rule wins. */
  take(platform: Platform, method: string, path: string): Fault | null
  list(): FaultRule[]
  clear(): void
}

export function createFaults(): Faults {
  let rules: { rule: FaultRule; left: number }[] = []

  return {
    add(rule) {
      rules.push({ rule, left: rule.times })
    },

    take(platform, method, path) {
      const found = rules.find(({ rule }) => matches(rule, platform, method, path))
      if (found === undefined) return null
      found.left -= 1
      rules = rules.filter(({ left }) => left > 0)
      return found.rule.fault
    },

    list: () => rules.map(({ rule, left }) => ({ ...rule, times: left })),
    clear() {
      rules = []
    },
  }
}

function matches(rule: FaultRule, platform: Platform, method: string, path: string): boolean {
  if (rule.platform !== platform) return false
  const wanted = rule.match.method
  if (wanted !== undefined && wanted.toUpperCase() !== method.toUpperCase()) return false
  return rule.match.path === undefined || pathMatches(rule.match.path, path)
}

/** A pattern with `*` must cover the whole path; one without is a prefix. */
function pathMatches(pattern: string, path: string): boolean {
  if (!pattern.includes('*')) return path.startsWith(pattern)
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(path)
}
