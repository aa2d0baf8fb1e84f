import { createNumericIds } from '../core/ids.ts'
import { seedCatalogue } from './seed-catalogue.ts'
import { seedRules } from './seed-rules.ts'
import { seedTickets } from './seed-tickets.ts'
import type { ZendeskStore } from './store.ts'

/** Seeded ids are the same after every reset; this range is never given out later. */
const FIRST_SEEDED_ID = 900_000_000_000_000

/** Fills an empty store with the account `nordlys`. Nothing is mailed and no webhook hears of it. */
export function seed(store: ZendeskStore, now: number): void {
  const nextId = createNumericIds(FIRST_SEEDED_ID)
  const catalogue = seedCatalogue(store, nextId, now)
  seedRules(store, nextId, now)
  seedTickets(store, nextId, now, catalogue)
}
