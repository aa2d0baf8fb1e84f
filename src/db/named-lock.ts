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
