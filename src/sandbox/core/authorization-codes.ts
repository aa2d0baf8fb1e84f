import { randomBytes } from 'node:crypto'
import type { SandboxClock } from './clock.ts'

/** What somebody consented to, kept until its code is exchanged. */
export type CodeGrant<Subject> = {
  /** Who the tokens will act as, or for. */
  readonly subject: Subject
  readonly scopes: readonly string[]
  readonly redirectUri: string
  /** The S256 challenge; null when the request had none. */
  readonly challenge: string | null
}

export type AuthorizationCodes<Subject> = {
  issue(grant: CodeGrant<Subject>): string
  /** Uses the code up. Null: unknown, used before, or over its life. */
  take(code: string): CodeGrant<Subject> | null
  clear(): void
}

/** Codes of one use that live `lifeMs` of the sandbox's clock. */
export function createAuthorizationCodes<Subject>(
  clock: SandboxClock,
  lifeMs: number,
): AuthorizationCodes<Subject> {
  const waiting = new Map<string, { grant: CodeGrant<Subject>; endsAt: number }>()

  return {
    issue(grant) {
      const code = randomBytes(24).toString('base64url')
      waiting.set(code, { grant, endsAt: clock.now() + lifeMs })
      return code
    },

    take(code) {
      const found = waiting.get(code)
      waiting.delete(code)
      return found !== undefined && found.endsAt > clock.now() ? found.grant : null
    },

    clear: () => waiting.clear(),
  }
}
