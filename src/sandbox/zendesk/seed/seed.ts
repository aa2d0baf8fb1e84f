import { createNumericIds } from '../../core/ids.ts'
import { NORDLYS } from '../account.ts'
import { IDS_OF_AN_ACCOUNT, type ZendeskStore } from '../store.ts'
import { seedCatalogue } from './seed-catalogue.ts'
import { seedRules } from './seed-rules.ts'
import { seedTickets } from './seed-tickets.ts'

/** Seeded ids are the same after every reset; this range is never given out later. */
const FIRST_SEEDED_ID = 900_000_000_000_000

/** Fills an empty store with what a new account of the sandbox holds. Nothing is mailed and no webhook hears of it. */
export function seed(store: ZendeskStore, now: number): void {
  const nextId = createNumericIds(FIRST_SEEDED_ID + store.account.index * IDS_OF_AN_ACCOUNT)
  const catalogue = seedCatalogue(store, nextId, now)
  seedRules(store, nextId, now)
  if (store.account === NORDLYS) seedTickets({ store, nextId, catalogue }, now)
}
