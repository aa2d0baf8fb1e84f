import { saveConnection, saveFacts } from '../db/connection-store.ts'
import type { Tx } from '../db/records.ts'
import { saveToken } from '../db/token-store.ts'
import type { Instant } from '../kernel/instant.ts'
import { sealCredentials } from './credentials.ts'
import type { ReachedKlaviyo, ReachedZendesk } from './reached.ts'
import type { Seal } from './seal.ts'
import { sealToken } from './sealed-token.ts'

/** Keeps an account that was reached: what was found in it, and what it was reached with if that is news. */
export async function keepConnection(
  tx: Tx,
  seal: Seal,
  reached: ReachedZendesk | ReachedKlaviyo,
  now: Instant,
): Promise<void> {
  const { connectionId: id, platform, baseUrl, discovered, authorisation } = reached
  if (authorisation === null) return saveFacts(tx, id, discovered)
  const { credentials, token } = authorisation
  const credentialsSealed = sealCredentials(seal, id, credentials)
  const scopes = token === null || token.scope === '' ? null : token.scope
  const row = { ...discovered, id, platform, baseUrl, credentialsSealed, scopes }
  await saveConnection(tx, row, now)
  if (token !== null) await saveToken(tx, id, { ...sealToken(seal, id, token), scopes })
}
