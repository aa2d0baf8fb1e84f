import { findConnectionByAccount, saveConnection, saveFacts } from '../db/connection-store.ts'
import { lockUntilCommit } from '../db/named-lock.ts'
import type { Tx } from '../db/records.ts'
import { saveToken } from '../db/token-store.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import { sealCredentials } from './credentials.ts'
import type { ReachedKlaviyo, ReachedZendesk } from './reached.ts'
import type { Seal } from './seal.ts'
import { sealToken } from './sealed-token.ts'

/**
 * Keeps an account that was reached: what was found in it, and what it was reached with if that is news.
 * Answers the connection's id: of two who first reach an account at once, the second finds the first's.
 */
export async function keepConnection(
  tx: Tx,
  seal: Seal,
  reached: ReachedZendesk | ReachedKlaviyo,
  now: Instant,
): Promise<ConnectionId> {
  const { platform, baseUrl, discovered, authorisation } = reached
  await lockUntilCommit(tx, `connect:${platform}:${discovered.accountId}`)
  const existing = await findConnectionByAccount(tx, platform, discovered.accountId)
  const id = existing?.id ?? reached.connectionId
  if (authorisation === null) {
    await saveFacts(tx, id, discovered)
    return id
  }
  const { credentials, token } = authorisation
  const credentialsSealed = sealCredentials(seal, id, credentials)
  const scopes = token === null || token.scope === '' ? null : token.scope
  const row = { ...discovered, id, platform, baseUrl, credentialsSealed, scopes }
  await saveConnection(tx, row, now)
  const approval = { id, approvedAt: toIso(now) }
  if (token !== null) await saveToken(tx, approval, { ...sealToken(seal, id, token), scopes })
  return id
}
