import type { Call } from './call.ts'
import { type Answer, refuseInvalid } from './errors.ts'
import type { Comparison } from './filter.ts'
import { pageLinks, paginate, type Resource, sparse } from './json-api.ts'
import { type Query, type QueryRules, readQuery } from './query.ts'
import { type SortKeys, sortBy } from './sort.ts'

type Collection<Item> = {
  readonly rules: QueryRules
  /** In their own order, which holds where nothing is said of sorting. */
  readonly items: readonly Item[]
  /** For `rules.sort`; without it the items are only turned round. */
  readonly sortKeys?: SortKeys<Item>
  keyOf(item: Item): string
  isMatch?(item: Item, comparison: Comparison): boolean
  toResource(item: Item, query: Query): Resource | { readonly type: string; readonly id: string }
}

/** One page of a collection as the query asks for it: filtered, sorted, and with the wanted fields. */
export function showCollection<Item>({ url }: Call, collection: Collection<Item>): Answer {
  const read = readQuery(url, collection.rules)
  if (!read.ok) return read.answer
  const { query } = read
  const { items, sortKeys, keyOf, isMatch = () => true } = collection
  const found = items.filter((item) => query.filter.every((each) => isMatch(item, each)))
  const sorted = sortKeys === undefined ? turned(found, query) : sortBy(found, query.sort, sortKeys)
  const page = paginate(sorted, { size: query.pageSize, cursor: query.cursor, keyOf })
  if (page === null) return refuseCursor()
  const data = page.items
    .map((item) => collection.toResource(item, query))
    .map((shown) => ('links' in shown ? sparse(shown, wantedOf(query, shown.type)) : shown))
  return { status: 200, body: { data, links: pageLinks(url, page) } }
}

function wantedOf(query: Query, type: string): readonly string[] | undefined {
  return query.fieldsOf(type)?.concat(query.additionalOf(type))
}

function turned<Item>(items: readonly Item[], { sort }: Query): readonly Item[] {
  return sort?.startsWith('-') ? items.toReversed() : items
}

export function refuseCursor(): Answer {
  return refuseInvalid({ detail: 'Invalid cursor.', source: { parameter: 'page[cursor]' } })
}
