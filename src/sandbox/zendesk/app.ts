import { Hono } from 'hono'
import type { World } from '../world.ts'
import { NORDLYS } from './account.ts'
import { createLaterAccounts, type LaterAccounts } from './accounts.ts'
import { defineZendeskDoubts } from './doubts.ts'
import { createEmulatedAccount, type EmulatedAccount } from './emulated-account.ts'
import { createAutomationClock } from './rules/automation-clock.ts'

/** The seeded account, and with `app` whichever account a request's Host names. */
export type ZendeskEmulator = Omit<EmulatedAccount, 'app'> & {
  readonly app: Hono
  readonly accounts: LaterAccounts
  close(): void
}

/** Zendesk with the account `nordlys`, which answers for every host that no other account has. */
export function createZendeskEmulator(world: World): ZendeskEmulator {
  const doubts = defineZendeskDoubts(world.settings)
  const nordlys = createEmulatedAccount(world, doubts, NORDLYS)
  const accounts = createLaterAccounts(world, doubts)
  const runAll = () => {
    for (const account of [nordlys, ...accounts.all()]) account.runAutomations()
  }
  const hourly = createAutomationClock(world.clock, doubts, runAll)

  const app = new Hono()
  app.all('*', (c) => {
    const { app: found } = accounts.at(c.req.header('host') ?? '') ?? nordlys
    return found.fetch(c.req.raw, c.env)
  })

  return {
    ...nordlys,
    app,
    accounts,
    /** Back to the seed: later accounts are gone. */
    reset() {
      accounts.clear()
      nordlys.reset()
    },
    close: hourly.close,
  }
}
