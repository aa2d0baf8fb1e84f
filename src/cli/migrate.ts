import type { Command } from './command.ts'
import { withDatabase } from './with-database.ts'

/** Opening the database brings it up to date; the service does the same at its start. */
export const migrateCommand: Command = async (_args, config) => {
  await withDatabase(config, () => Promise.resolve())
  process.stdout.write('The database is up to date.\n')
  return 0
}
