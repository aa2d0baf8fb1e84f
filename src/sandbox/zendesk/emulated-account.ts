import type { Hono } from 'hono'
import { createEmitter } from '../core/emitter.ts'
import type { World } from '../world.ts'
import type { ZendeskAccount } from './account.ts'
import { createPresenter } from './api/present.ts'
import { createZendeskApp } from './api.ts'
import type { ZendeskDoubts } from './doubts.ts'
import type { ZendeskEnv, ZendeskParts } from './emulator.ts'
import { createZendeskOauth } from './oauth/oauth.ts'
import { runAutomations } from './rules/automations.ts'
import { seed } from './seed/seed.ts'
import { createZendeskStore } from './store.ts'
import { createTicketAnnouncer } from './tickets/ticket-announcer.ts'
import { createTicketCommit } from './tickets/ticket-commit.ts'
import { createTicketOperations } from './tickets/ticket-operations.ts'
import type { TicketUpdate } from './tickets/ticket-watch.ts'
import { createUserOperations } from './users/users.ts'
import { createEventDelivery } from './webhooks/webhook-delivery.ts'

export type EmulatedAccount = ZendeskParts & {
  readonly app: Hono<ZendeskEnv>
  /** The hourly run of automations, now; answers how many tickets changed. */
  runAutomations(): number
  /** Back to the seed. Tokens, webhooks and tickets made since are gone; ids go on. */
  reset(): void
}

/** One Zendesk account, seeded. */
export function createEmulatedAccount(
  world: World,
  doubts: ZendeskDoubts,
  account: ZendeskAccount,
): EmulatedAccount {
  const parts = assemble(world, doubts, account)
  const { store, oauth } = parts
  seed(store, world.clock.now())

  return {
    ...parts,
    app: createZendeskApp(parts),
    runAutomations: () => runAutomations(parts, world.clock.now()),
    reset() {
      store.clear()
      oauth.reset()
      seed(store, world.clock.now())
    },
  }
}

function assemble(world: World, doubts: ZendeskDoubts, account: ZendeskAccount): ZendeskParts {
  const store = createZendeskStore(account)
  const present = createPresenter(account)
  const delivery = createEventDelivery(world, store, doubts)
  const users = createUserOperations({ world, store, doubts })
  const announcer = createTicketAnnouncer({ world, store, doubts, delivery })
  const watch = createEmitter<TicketUpdate>()
  const commit = createTicketCommit({ world, store, announcer, delivery, watch })
  const operations = createTicketOperations({ world, store, users, commit, announcer }, doubts)
  const oauth = createZendeskOauth(world, store)
  return { world, store, present, doubts, users, operations, oauth, delivery, watch }
}
