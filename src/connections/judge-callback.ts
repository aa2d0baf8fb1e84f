import type { OauthFlowRow } from '../db/oauth-flow-store.ts'
import type { Platform } from '../db/records.ts'
import { type Instant, MINUTE } from '../kernel/instant.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/** Why a person who comes back from a consent page is turned away. */
export type CallbackProblem =
  | 'signed_out'
  | 'denied'
  | 'scopes_refused'
  | 'no_state'
  | 'unknown_state'
  | 'used_state'
  | 'foreign_state'
  | 'wrong_platform'
  | 'late_state'
  | 'no_code'
  | 'not_exchanged'
  | 'not_usable'
  | 'not_kept'

/** Long enough to sign in over there, and to ask a colleague for the password. */
export const STATE_LIFE_MS = 15 * MINUTE

export type Callback = {
  readonly platform: Platform
  readonly state: string | null
  readonly code: string | null
  /** The platform's own word: the person refused, or the client is not in order. */
  readonly error: string | null
}

/**
 * Whether the answer belongs to the question. Everything about the state comes before what the answer
 * says, so that a forged `error` is no news, and a forged `code` is never sent anywhere.
 */
export function judgeCallback(
  callback: Callback,
  flow: (OauthFlowRow & { readonly wasUsed: boolean }) | null,
  browserHash: string,
  now: Instant,
): Result<{ readonly flow: OauthFlowRow; readonly code: string }, CallbackProblem> {
  if (callback.state === null) return err('no_state')
  if (flow === null) return err('unknown_state')
  if (flow.browserHash !== browserHash) return err('foreign_state')
  if (flow.platform !== callback.platform) return err('wrong_platform')
  if (flow.wasUsed) return err('used_state')
  if (now - flow.createdAt > STATE_LIFE_MS || now < flow.createdAt - MINUTE)
    return err('late_state')
  if (callback.error === 'invalid_scope') return err('scopes_refused')
  if (callback.error !== null) return err('denied')
  if (callback.code === null || callback.code === '') return err('no_code')
  return ok({ flow, code: callback.code })
}
