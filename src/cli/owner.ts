import { parseArgs } from 'node:util'
import { listOperators } from '../db/operator-store.ts'
import { type Database, StartProblem } from '../open-database.ts'
import { resetPassword } from '../operators/operators.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-database.ts'

/**
 * Lists who may sign in, or gives one of them a new password, printed once. Whoever may run it could
 * read the database too, so it asks for nothing.
 */
export const owner: Command = async (args, config) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { list: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const [verb, name, ...more] = positionals
  if (values.list && verb === undefined) return withDatabase(config, list)
  if (values.list || verb !== 'reset' || name === undefined || more.length > 0)
    throw new StartProblem('say what to do: owner --list, or owner reset NAME')
  return withDatabase(config, (database) => reset(database, name))
}

async function list({ db }: Database): Promise<number> {
  const operators = await listOperators(db)
  if (operators.length === 0) process.stderr.write('There is no owner yet: start prints how.\n')
  for (const { id, name } of operators) process.stdout.write(`${id}  ${name}\n`)
  return 0
}

async function reset({ inTransaction }: Database, name: string): Promise<number> {
  const password = await resetPassword(inTransaction, name)
  if (password === null)
    throw new StartProblem(`nobody has the name ${name}: "replyline owner --list" shows them all`)
  process.stdout.write(`${password}\n`)
  process.stderr.write(
    `This is the new password of ${name}; it is shown this once. All their sessions have ended.\n`,
  )
  return 0
}
