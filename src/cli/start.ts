import { startApp } from '../app.ts'
import { createLog } from '../log.ts'
import type { Command } from './command.ts'
import { signalled } from './signalled.ts'

/** Runs the service until it is told to end, or cannot go on. */
export const start: Command = async (_args, config) => {
  const log = createLog(config.logLevel)
  const app = await startApp(config, log)
  process.stdout.write(`Replyline listens on http://${config.host}:${app.port}\n`)
  const ended = await Promise.race([signalled(), app.failed])
  if (ended !== 'SIGTERM' && ended !== 'SIGINT') {
    process.stderr.write(
      `replyline: the database has gone away (${ended}); see postgres.log in the data folder, then start again\n`,
    )
    process.exit(1)
  }
  await app.stop()
  return 0
}
