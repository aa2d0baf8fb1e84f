import { createHmac, randomBytes } from 'node:crypto'
import type { Tx } from '../db/records.ts'
import {
  deleteExpiredSessions,
  deleteSession,
  findSessionRow,
  insertSession,
  touchSession,
} from '../db/session-store.ts'
import type { OperatorId } from '../kernel/ids.ts'
import { type Clock, HOUR, type Instant, instant, MINUTE } from '../kernel/instant.ts'
import { hashToken } from './hash-token.ts'

/*
 * A session is 32 random bytes that one browser holds; the database has their hash. It ends when it is
 * signed out, was not used for twelve hours, or is a week old. A sign-in always begins a new one, so a
 * session that somebody planted in a browser beforehand never becomes anybody's.
 */

export const SESSION_LIFE_MS = 7 * 24 * HOUR
const IDLE_LIFE_MS = 12 * HOUR
/** A use is written down at most this often. */
const WRITTEN_EVERY_MS = MINUTE

export type SessionDeps = { readonly db: Tx; readonly clock: Clock }

/** Somebody who is signed in. */
export type SignedIn = { readonly id: OperatorId; readonly name: string }

/** Begins a session and answers its token, which only the cookie may hold. Clears expired ones away. */
export async function beginSession(
  { db, clock }: SessionDeps,
  operatorId: OperatorId,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const createdAt = clock.now()
  await deleteExpiredSessions(db, createdAt)
  await insertSession(db, {
    tokenHash: hashToken(token),
    operatorId,
    createdAt,
    expiresAt: endOf(createdAt, createdAt),
  })
  return token
}

/** Whose session this is, or null; being asked for counts as a use of it. */
export async function findSession(
  { db, clock }: SessionDeps,
  token: string,
): Promise<SignedIn | null> {
  const now = clock.now()
  const tokenHash = hashToken(token)
  const session = await findSessionRow(db, tokenHash, now)
  if (session === null) return null
  if (now - session.lastUsedAt >= WRITTEN_EVERY_MS)
    await touchSession(db, tokenHash, {
      lastUsedAt: now,
      expiresAt: endOf(session.createdAt, now),
    })
  return { id: session.operatorId, name: session.operatorName }
}

/** Whether it has not ended; asking is no use of it. */
export async function isSessionOpen({ db, clock }: SessionDeps, token: string): Promise<boolean> {
  return (await findSessionRow(db, hashToken(token), clock.now())) !== null
}

/** Ends it on the server, whatever the browser keeps. Idempotent. */
export async function endSession({ db }: SessionDeps, token: string): Promise<void> {
  await deleteSession(db, hashToken(token))
}

/** What a page of ours sends along with a change: bound to the session, and of no use for guessing it. */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('csrf').digest('base64url')
}

function endOf(createdAt: Instant, lastUsedAt: Instant): Instant {
  return instant(Math.min(lastUsedAt + IDLE_LIFE_MS, createdAt + SESSION_LIFE_MS))
}
