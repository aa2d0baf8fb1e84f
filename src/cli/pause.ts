import { parseArgs } from 'node:util'
import { listBridges } from '../db/bridge-store.ts'
import { listAllConnections } from '../db/connection-store.ts'
import type { Tx } from '../db/records.ts'
import { pauseConnection, resumeConnection } from '../db/still-connections.ts'
import { releaseWork } from '../engine/release-work.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { openClock } from '../open-clock.ts'
import { StartProblem } from '../open-database.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-database.ts'

/** Calls a platform no more: what is for it waits, in order, until it is resumed. */
export const pause: Command = (args, config) =>
  withDatabase(config, async ({ db }) => {
    const { id, name } = await namedBy(db, args)
    const clock = await openClock(config, db)
    await pauseConnection(db, id, 'the command line', clock.now())
    clock.stop()
    process.stdout.write(
      `${name} is paused. What is for it waits; "replyline resume" lets it go.\n`,
    )
    return 0
  })

/** Calls it again, and lets go what waits. */
export const resume: Command = (args, config) =>
  withDatabase(config, async ({ db }) => {
    const { id, name } = await namedBy(db, args)
    await resumeConnection(db, id)
    await releaseWork(db, id)
    process.stdout.write(`${name} is called again.\n`)
    return 0
  })

async function namedBy(
  db: Tx,
  args: readonly string[],
): Promise<{ readonly id: ConnectionId; readonly name: string }> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { bridge: { type: 'string' } },
    allowPositionals: true,
  })
  const [platform] = positionals
  if (platform !== 'zendesk' && platform !== 'klaviyo')
    throw new StartProblem('name zendesk or klaviyo, and --bridge NAME where there are several')
  const bridge = (await listBridges(db)).find(({ name }) => name === values.bridge)
  if (values.bridge !== undefined && bridge === undefined)
    throw new StartProblem(`there is no bridge "${values.bridge}"`)
  const wanted = platform === 'zendesk' ? bridge?.zendeskId : bridge?.klaviyoId
  const found = (await listAllConnections(db)).filter(
    (one) => one.platform === platform && (wanted === undefined || one.id === wanted),
  )
  const [only] = found
  if (only === undefined) throw new StartProblem(`no ${platform} account is connected`)
  if (found.length > 1)
    throw new StartProblem(`several ${platform} accounts are connected: add --bridge NAME`)
  return { id: only.id, name: `${platform} (${only.accountName})` }
}
