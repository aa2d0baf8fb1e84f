import { rotateKey } from '../connections/rotate-key.ts'
import { StartProblem } from '../open-database.ts'
import { openSeal } from '../open-seal.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-database.ts'

/** Changes the key that secrets are sealed with; a running service goes on. */
export const key: Command = async ([verb], config) => {
  if (verb !== 'rotate') throw new StartProblem('say what to do: key rotate')
  const { keyId, count } = await withDatabase(config, async ({ db, inTransaction }) => {
    await openSeal(config, db)
    return rotateKey(config.secretKeyFile, inTransaction)
  })
  process.stdout.write(
    `${count} secrets are sealed anew, with key ${keyId}. ${config.secretKeyFile} holds it, and the one before: give every copy this file.\n`,
  )
  return 0
}
