import { type App, startApp } from '../app.ts'
import type { Config } from '../config.ts'
import { createLog, type Log } from '../log.ts'
import { buildPages, pagesFolder } from './build-pages.ts'
import type { Command } from './command.ts'
import { signalled } from './signalled.ts'
import { windowAddress } from './window-address.ts'

/** Runs the service until it is told to end, or cannot go on. */
export const start: Command = async (_args, config) => {
  const log = createLog(config.logLevel)
  const pages = windowPages(log)
  const app = await startApp(config, log, pages)
  process.stdout.write(`Replyline listens on http://${config.host}:${app.port}\n`)
  if (config.role !== 'worker') {
    process.stdout.write(`${invitation(config, app)}\n`)
    pages.build()
  }
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

function invitation(config: Config, { port, setupToken }: App): string {
  const address = windowAddress(config, port, setupToken)
  return setupToken === null
    ? `Open ${address}`
    : `Open ${address} to make the first owner; whoever has this address can`
}

/** The window's pages; the service answers before they are built, and goes on when they cannot be. */
function windowPages(log: Log) {
  let isBeingBuilt = true
  return {
    folder: pagesFolder('window'),
    isBeingBuilt: () => isBeingBuilt,
    build() {
      buildPages('window')
        .catch((error: unknown) => log.warn({ err: error }, 'the pages could not be built'))
        .finally(() => {
          isBeingBuilt = false
        })
    },
  }
}
