import { z } from 'zod'
import type { TokenRow } from '../db/token-store.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import type { OauthToken } from '../outbound/oauth-token.ts'
import type { Seal } from './seal.ts'
import { tokenContext } from './sealed-contexts.ts'

const schema = z.object({ accessToken: z.string(), refreshToken: z.string().nullable() })

/** A token as it is kept: both halves sealed together, so that they cannot be mixed up. */
export function sealToken(seal: Seal, id: ConnectionId, token: OauthToken): TokenRow {
  const { accessToken, refreshToken, expiresAt } = token
  const halves = JSON.stringify({ accessToken, refreshToken })
  return { tokenSealed: seal.seal(halves, tokenContext(id)), expiresAt }
}

/** Throws when it was sealed for another connection or with another key. */
export function openToken(
  seal: Seal,
  id: ConnectionId,
  row: TokenRow,
): Pick<OauthToken, 'accessToken' | 'refreshToken' | 'expiresAt'> {
  const halves = schema.parse(JSON.parse(seal.open(row.tokenSealed, tokenContext(id))))
  return { ...halves, expiresAt: row.expiresAt }
}
