import { randomBytes } from 'node:crypto'
import { saveApiToken } from '../db/api-token-store.ts'
import { systemClock } from '../follow-clock.ts'
import { StartProblem } from '../open-database.ts'
import { hashToken } from '../operators/hash-token.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-database.ts'

/** Makes a token for the operator API and prints it once; only its hash is kept. */
export const token: Command = async ([verb, name = 'unnamed'], config) => {
  if (verb !== 'create') throw new StartProblem('say what to do: token create [NAME]')
  const made = `rl_${randomBytes(32).toString('base64url')}`
  await withDatabase(config, ({ db }) => saveApiToken(db, hashToken(made), name, systemClock.now()))
  process.stdout.write(`${made}\n`)
  return 0
}
