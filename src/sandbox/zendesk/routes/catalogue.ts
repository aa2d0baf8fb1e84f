import { Hono } from 'hono'
import { isProblem, notFound, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { asId } from '../api/wire.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import type { TicketField } from '../entities/account.ts'
import type { Macro } from '../entities/rules.ts'
import { livingTickets } from '../store.ts'

type Shown = Record<string, unknown>

type Kind<Item> = {
  readonly plural: string
  readonly singular: string
  readonly items: ReadonlyMap<number, Item>
  toShown(item: Item): Shown
}

/** What an account is made of and the sandbox never changes: brands, groups, fields, statuses, macros, tags. */
export function catalogueRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const { store, present } = parts
  const { brands, groups, ticketFields, customStatuses, macros } = store
  const app = new Hono<ZendeskEnv>()
  app.get('/groups/assignable', (c) => listOf(c, 'groups', [...groups.values()], present.group))
  app.get('/macros/active', (c) => {
    const active = [...macros.values()].filter((macro) => macro.active)
    return listOf(c, 'macros', active, presentMacro)
  })
  app.get('/ticket_fields/:id/options', (c) => {
    const field = ticketFields.get(asId(c.req.param('id')) ?? 0)
    if (field === undefined) return refuse(c, notFound())
    return listOf(c, 'custom_field_options', field.custom_field_options ?? [], presentOption)
  })
  app.get('/tags', (c) => c.json(tagsInUse(parts)))

  const field = { plural: 'ticket_fields', singular: 'ticket_field' }
  const status = { plural: 'custom_statuses', singular: 'custom_status' }
  show(app, { plural: 'brands', singular: 'brand', items: brands, toShown: present.brand })
  show(app, { plural: 'groups', singular: 'group', items: groups, toShown: present.group })
  show(app, { ...field, items: ticketFields, toShown: presentField })
  show(app, { ...status, items: customStatuses, toShown: (one) => ({ ...one }) })
  show(app, { plural: 'macros', singular: 'macro', items: macros, toShown: presentMacro })
  return app
}

/** Lists at `/{plural}` and one at `/{plural}/{id}`. */
function show<Item extends { id: number }>(app: Hono<ZendeskEnv>, kind: Kind<Item>): void {
  const { plural, singular, items, toShown } = kind
  app.get(`/${plural}`, (c) => listOf(c, plural, [...items.values()], toShown))
  app.get(`/${plural}/:id`, (c: ZendeskContext) => {
    const item = items.get(asId(c.req.param('id')) ?? 0)
    return item === undefined ? refuse(c, notFound()) : c.json({ [singular]: toShown(item) })
  })
}

function listOf<Item extends { id: number }>(
  c: ZendeskContext,
  plural: string,
  items: readonly Item[],
  toShown: (item: Item) => Shown,
): Response {
  const page = paginate(c.req, { items, keyOf: ({ id }) => ({ key: id, id }) })
  if (isProblem(page)) return refuse(c, page)
  return c.json({ [plural]: page.items.map(toShown), ...page.about })
}

/** Only fields with choices carry them. */
function presentField({ is_custom, custom_field_options, ...field }: TicketField): Shown {
  return {
    ...field,
    ...(custom_field_options === null ? {} : { custom_field_options }),
    raw_title: field.title,
    title_in_portal: field.title,
    active: true,
    required: false,
    removable: is_custom,
  }
}

function presentMacro(macro: Macro): Shown {
  return { ...macro, restriction: null }
}

function presentOption(option: { id: number; name: string }): Shown {
  return { ...option, raw_name: option.name }
}

/** The most used first; the real list looks at two months only. */
function tagsInUse({ store }: ZendeskParts) {
  const counts = new Map<string, number>()
  for (const { ticket } of livingTickets(store)) {
    for (const tag of ticket.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  const tags = [...counts].map(([name, count]) => ({ name, count }))
  tags.sort((a, b) => b.count - a.count)
  return { tags, next_page: null, previous_page: null, count: tags.length }
}
