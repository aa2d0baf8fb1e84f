import { openOutbound } from '../app.ts'
import { takeBridgeDown } from '../connections/remove-bridge.ts'
import { systemClock } from '../follow-clock.ts'
import { StartProblem } from '../open-database.ts'
import { openSeal } from '../open-seal.ts'
import { setUpDeps } from '../open-set-up.ts'
import type { Command } from './command.ts'
import { withDatabase } from './with-database.ts'

/** Removes a bridge with all that was kept for it. Nothing is deleted in Zendesk or Klaviyo but its webhooks. */
export const remove: Command = async ([name], config) => {
  if (name === undefined) throw new StartProblem('name the bridge: remove NAME')
  const removed = await withDatabase(config, async (database) => {
    const outbound = openOutbound(config)
    const seal = await openSeal(config, database.db)
    const failpoint = () => undefined
    try {
      const open = { ...database, outbound, seal, clock: systemClock, failpoint }
      return await takeBridgeDown(setUpDeps(config, open), name)
    } finally {
      await outbound.close()
    }
  })
  if (removed === null) throw new StartProblem(`there is no bridge ${name}`)
  process.stdout.write(`The bridge ${name} is removed, with all that was kept for it.\n`)
  for (const line of removed.left) process.stdout.write(`Left: ${line}\n`)
  return 0
}
