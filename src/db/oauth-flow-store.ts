import { type Instant, toIso } from '../kernel/instant.ts'
import type { Platform, Tx } from './records.ts'

/** A way to a consent page that was begun; `requestSealed` holds what only the server may know of it. */
export type OauthFlowRow = {
  readonly stateHash: string
  /** Of the browser session that began it. */
  readonly browserHash: string
  readonly platform: Platform
  readonly requestSealed: string
  readonly createdAt: Instant
}

/** Keeps a way that begins, and forgets those begun before `forgetBefore`. */
export async function saveOauthFlow(
  tx: Tx,
  row: OauthFlowRow,
  forgetBefore: Instant,
): Promise<void> {
  await tx.query('delete from oauth_flows where created_at < $1', [toIso(forgetBefore)])
  await tx.query(
    'insert into oauth_flows (state_hash, browser_hash, platform, request_sealed, created_at) values ($1, $2, $3, $4, $5)',
    [row.stateHash, row.browserHash, row.platform, row.requestSealed, toIso(row.createdAt)],
  )
}

/**
 * Uses a state up, and answers what was kept with it; `wasUsed` when it had been used before. Null for
 * one that was never given out, or was forgotten. Of two at once, one alone is the first.
 */
export async function takeOauthFlow(
  tx: Tx,
  stateHash: string,
  now: Instant,
): Promise<(OauthFlowRow & { readonly wasUsed: boolean }) | null> {
  const { rows } = await tx.query<{
    browserHash: string
    platform: Platform
    requestSealed: string
    createdAt: number
    wasUsed: boolean
  }>(
    `with kept as (select * from oauth_flows where state_hash = $1 for update),
       used as (update oauth_flows set used_at = coalesce(oauth_flows.used_at, $2) from kept where oauth_flows.state_hash = kept.state_hash)
     select browser_hash as "browserHash", platform, request_sealed as "requestSealed",
       (extract(epoch from created_at) * 1000)::float8 as "createdAt", used_at is not null as "wasUsed" from kept`,
    [stateHash, toIso(now)],
  )
  const row = rows[0]
  return row === undefined ? null : { ...row, stateHash, createdAt: row.createdAt as Instant }
}
