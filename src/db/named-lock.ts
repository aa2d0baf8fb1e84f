import type { Tx } from './records.ts'

/** Runs `work` while no other process does so under the same name. Holds no transaction. */
export async function withNamedLock<T>(
  session: Tx,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  await session.query('select pg_advisory_lock(hashtextextended($1, 7301))', [name])
  try {
    return await work()
  } finally {
    await session.query('select pg_advisory_unlock(hashtextextended($1, 7301))', [name])
  }
}

/** Lets nobody else past this point under the same name until the transaction ends. */
export async function lockUntilCommit(tx: Tx, name: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7303))', [name])
}
