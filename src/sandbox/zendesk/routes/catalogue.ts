import { Hono } from 'hono'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import { isProblem, notFound, refuse } from '../errors.ts'
import { paginate } from '../paging.ts'
import { presentBrand, presentGroup } from '../present.ts'
import { asId } from '../wire.ts'

type Shown = Record<string, unknown>

/** What an account is made of and the sandbox never changes: brands, groups, fields, statuses, macros. */
export function catalogueRoutes({ store }: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()

  show('brands', 'brand', store.brands, presentBrand)
  show('groups', 'group', store.groups, presentGroup)
  show('ticket_fields', 'ticket_field', store.ticketFields, ({ is_custom, ...field }) => ({
    ...field,
    raw_title: field.title,
    title_in_portal: field.title,
    active: true,
    required: false,
    removable: is_custom,
  }))
  show('custom_statuses', 'custom_status', store.customStatuses, (status) => ({ ...status }))
  show('macros', 'macro', store.macros, (macro) => ({ ...macro, restriction: null }))

  /** Lists at `/{plural}` and one at `/{plural}/{id}`. */
  function show<Item extends { id: number }>(
    plural: string,
    singular: string,
    items: ReadonlyMap<number, Item>,
    present: (item: Item) => Shown,
  ): void {
    app.get(`/${plural}`, (c: ZendeskContext) => {
      const keyOf = ({ id }: Item) => ({ key: id, id })
      const page = paginate(c.req, { items: [...items.values()], keyOf })
      if (isProblem(page)) return refuse(c, page)
      return c.json({ [plural]: page.items.map(present), ...page.about })
    })

    app.get(`/${plural}/:id`, (c: ZendeskContext) => {
      const item = items.get(asId(c.req.param('id')) ?? 0)
      return item === undefined ? refuse(c, notFound()) : c.json({ [singular]: present(item) })
    })
  }

  return app
}
