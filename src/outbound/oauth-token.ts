import { z } from 'zod'
import { type Instant, instant, SECOND } from '../kernel/instant.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from './api-problem.ts'
import { type JsonAnswer, readAnswer } from './read-answer.ts'

/** What a token endpoint gives (RFC 6749, section 5.1). */
export type OauthToken = {
  readonly accessToken: string
  /** Null for grants that have none. Where it changes with each renewal, the old one ends. */
  readonly refreshToken: string | null
  /** Null when the answer names no lifetime. */
  readonly expiresAt: Instant | null
  /** As granted, space-separated; '' when the answer does not say. Platforms may grant less than was asked. */
  readonly scope: string
}

const tokenSchema = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish().catch(null),
  expires_in: z.number().positive().max(1e9).nullish().catch(null),
  scope: z.string().catch(''),
})

/** Reads a token endpoint's success; `expires_in` is in seconds. */
export function readOauthToken(answer: JsonAnswer, now: Instant): Result<OauthToken, ApiProblem> {
  const read = readAnswer(tokenSchema, answer)
  if (!read.ok) return read
  const { access_token, refresh_token, expires_in, scope } = read.value
  const lifetimeMs = typeof expires_in === 'number' ? expires_in * SECOND : null
  return ok({
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    expiresAt: lifetimeMs === null ? null : instant(now + lifetimeMs),
    scope,
  })
}

/** What of `asked` was not granted; nothing when the answer did not say what was. */
export function missingScopes(asked: readonly string[], granted: string): readonly string[] {
  const names = granted.split(/\s+/).filter((name) => name !== '')
  return names.length === 0 ? [] : asked.filter((name) => !names.includes(name))
}
