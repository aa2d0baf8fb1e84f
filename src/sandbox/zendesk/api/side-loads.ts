import type { ZendeskParts } from '../emulator.ts'
import type { TicketRecord } from '../entities/tickets.ts'

type Shown = Record<string, unknown>
type Load = (parts: ZendeskParts, records: readonly TicketRecord[]) => Shown[]

/** https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/ */
const LOADS: Readonly<Record<string, Load>> = {
  users: ({ store, present }, records) =>
    pick(records, store.users, present.user, ({ ticket }) => [
      ticket.requester_id,
      ticket.submitter_id,
      ticket.assignee_id,
    ]),
  groups: ({ store, present }, records) =>
    pick(records, store.groups, present.group, ({ ticket }) => [ticket.group_id]),
  brands: ({ store, present }, records) =>
    pick(records, store.brands, present.brand, ({ ticket }) => [ticket.brand_id]),
  organizations: () => [],
}

/** What the tickets refer to, each once, under its own name. Unknown names are ignored. */
export function sideLoad(
  parts: ZendeskParts,
  records: readonly TicketRecord[],
  include: readonly string[],
): Record<string, Shown[]> {
  const loaded = include.flatMap((name) => {
    const load = LOADS[name]
    return load === undefined ? [] : [[name, load(parts, records)] as const]
  })
  return Object.fromEntries(loaded)
}

function pick<Item>(
  records: readonly TicketRecord[],
  items: ReadonlyMap<number, Item>,
  present: (item: Item) => Shown,
  idsOf: (record: TicketRecord) => (number | null)[],
): Shown[] {
  const ids = new Set(records.flatMap(idsOf))
  return [...ids].flatMap((id) => {
    const item = id === null ? undefined : items.get(id)
    return item === undefined ? [] : [present(item)]
  })
}
