import type { Config } from '../config.ts'
import { type Database, openDatabase } from '../open-database.ts'

/** Lends the database to a command, beside a running service or alone, and closes it after. */
export async function withDatabase<T>(
  config: Config,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(config, 'tool')
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
