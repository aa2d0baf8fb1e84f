import { asList, asText } from '../api/wire.ts'
import type { View } from '../entities/rules.ts'

type Column = { readonly id: string; readonly title: string }

/** Titles of columns where the id in capitals is not what Zendesk shows. */
const TITLES: Readonly<Record<string, string>> = { created: 'Requested', nice_id: 'ID' }

export function columnsOf({ output }: View): Column[] {
  return asList(output.columns).map((column) => {
    const id = asText(column) ?? ''
    return { id, title: TITLES[id] ?? id.charAt(0).toUpperCase() + id.slice(1) }
  })
}

/** How answers hold what requests give as `output`. */
export function executionOf(view: View) {
  const { group_by, group_order, sort_by, sort_order } = view.output
  return {
    group_by: group_by ?? null,
    group_order: group_order ?? 'asc',
    sort_by: sort_by ?? 'created',
    sort_order: sort_order ?? 'desc',
    columns: columnsOf(view),
  }
}
