import type { OperatorId } from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

export type SessionRow = {
  readonly operatorId: OperatorId
  readonly operatorName: string
  readonly createdAt: Instant
  readonly lastUsedAt: Instant
}

type RawSession = {
  readonly operator_id: OperatorId
  readonly name: string
  readonly created_at: Date
  readonly last_used_at: Date
}

type NewSession = {
  readonly tokenHash: string
  readonly operatorId: OperatorId
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.query(
    `insert into sessions (token_hash, operator_id, created_at, last_used_at, expires_at)
     values ($1, $2, $3, $3, $4)`,
    [session.tokenHash, session.operatorId, toIso(session.createdAt), toIso(session.expiresAt)],
  )
}

/** Null when there is none, or when it has expired by `now`. */
export async function findSessionRow(
  tx: Tx,
  tokenHash: string,
  now: Instant,
): Promise<SessionRow | null> {
  const { rows } = await tx.query<RawSession>(
    `select operator_id, name, s.created_at, last_used_at
     from sessions s join operators o on o.id = s.operator_id
     where token_hash = $1 and expires_at > $2`,
    [tokenHash, toIso(now)],
  )
  const [row] = rows
  if (row === undefined) return null
  return {
    operatorId: row.operator_id,
    operatorName: row.name,
    createdAt: instant(row.created_at.getTime()),
    lastUsedAt: instant(row.last_used_at.getTime()),
  }
}

/** Writes down a use and the new end; changes nothing for a session that was ended meanwhile. */
export async function touchSession(
  tx: Tx,
  tokenHash: string,
  { lastUsedAt, expiresAt }: { readonly lastUsedAt: Instant; readonly expiresAt: Instant },
): Promise<void> {
  await tx.query('update sessions set last_used_at = $2, expires_at = $3 where token_hash = $1', [
    tokenHash,
    toIso(lastUsedAt),
    toIso(expiresAt),
  ])
}

export async function deleteSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.query('delete from sessions where token_hash = $1', [tokenHash])
}

export async function deleteSessionsOf(tx: Tx, operatorId: OperatorId): Promise<void> {
  await tx.query('delete from sessions where operator_id = $1', [operatorId])
}

export async function deleteExpiredSessions(tx: Tx, now: Instant): Promise<void> {
  await tx.query('delete from sessions where expires_at <= $1', [toIso(now)])
}
