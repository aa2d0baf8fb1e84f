/** What an item is sorted by under each name of a `sort` parameter. */
export type SortKeys<Item> = Readonly<Record<string, (item: Item) => string | number>>

/** In the order that `sort` asks for, `-` for descending; as given without it. */
export function sortBy<Item>(
  items: readonly Item[],
  sort: string | null,
  keys: SortKeys<Item>,
): readonly Item[] {
  const keyOf = keys[sort?.replace('-', '') ?? '']
  if (sort === null || keyOf === undefined) return items
  const direction = sort.startsWith('-') ? -1 : 1
  return items.toSorted((a, b) => direction * (keyOf(a) < keyOf(b) ? -1 : 1))
}
