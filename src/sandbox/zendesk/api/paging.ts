import { comparePlaces, fromCursor, type KeyOf, toCursor } from './cursors.ts'
import { badRequest, isProblem, jsonApiError, type Problem } from './errors.ts'

export type PagedRequest = { readonly url: string }

type Ordered<Item> = {
  /** In the order in which they are to be listed. */
  readonly items: readonly Item[]
  readonly keyOf: KeyOf<Item>
  readonly direction?: 'asc' | 'desc'
}

const LARGEST_PAGE = 100
const DEEPEST_RECORD = 10_000

export type PagedItems<Item> = {
  readonly items: readonly Item[]
  /** `meta` and `links`, or `next_page` and `count`. */
  readonly about: Readonly<Record<string, unknown>>
}

/**
 * Cursor paging when the call names `page[...]`, offset paging otherwise.
 * https://developer.zendesk.com/api-reference/introduction/pagination/
 */
export function paginate<Item>(
  request: PagedRequest,
  list: Ordered<Item>,
): PagedItems<Item> | Problem {
  const { searchParams } = new URL(request.url)
  const isCursor = ['page[size]', 'page[after]', 'page[before]'].some((name) =>
    searchParams.has(name),
  )
  return isCursor
    ? byCursor(new URL(request.url), list)
    : byOffset(new URL(request.url), list.items)
}

function byCursor<Item>(url: URL, list: Ordered<Item>): PagedItems<Item> | Problem {
  const size = Number(url.searchParams.get('page[size]') ?? LARGEST_PAGE)
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    return jsonApiError('InvalidPageSize', 'Invalid page size', 'page[size] must be 1 to 100')
  }
  const slice = url.searchParams.has('page[before]')
    ? sliceBefore(list, url.searchParams.get('page[before]'), size)
    : sliceAfter(list, url.searchParams.get('page[after]'), size)
  if (isProblem(slice)) return slice
  return { items: slice.items, about: aboutSlice(url, list, slice) }
}

type Slice<Item> = {
  readonly items: readonly Item[]
  /** Whether there is more in the direction that was asked for. */
  readonly hasMore: boolean
  readonly goesBack: boolean
}

function sliceAfter<Item>(
  list: Ordered<Item>,
  cursor: string | null,
  size: number,
): Slice<Item> | Problem {
  const rest = beyondCursor(list, cursor, 1)
  if (isProblem(rest)) return rest
  return { items: rest.slice(0, size), hasMore: rest.length > size, goesBack: false }
}

/** The page that ends before the cursor, in the list's own order. */
function sliceBefore<Item>(
  list: Ordered<Item>,
  cursor: string | null,
  size: number,
): Slice<Item> | Problem {
  const earlier = beyondCursor(list, cursor, -1)
  if (isProblem(earlier)) return earlier
  return { items: earlier.slice(-size), hasMore: earlier.length > size, goesBack: true }
}

/** `has_more` looks the way that was asked; `next` and `prev` name the pages beside this one. */
function aboutSlice<Item>(
  url: URL,
  list: Ordered<Item>,
  { items, hasMore, goesBack }: Slice<Item>,
) {
  const [first, last] = [items.at(0), items.at(-1)]
  const after_cursor = last === undefined ? null : toCursor(list.keyOf(last))
  const before_cursor = first === undefined ? null : toCursor(list.keyOf(first))
  const isFirst = first === list.items[0]
  const hasNext = goesBack || hasMore
  return {
    meta: { has_more: hasMore, after_cursor, before_cursor },
    links: {
      next: hasNext && after_cursor !== null ? withCursor(url, 'after', after_cursor) : null,
      prev: isFirst || before_cursor === null ? null : withCursor(url, 'before', before_cursor),
    },
  }
}

function withCursor(url: URL, side: 'after' | 'before', cursor: string): string {
  const next = new URL(url)
  next.searchParams.delete('page[after]')
  next.searchParams.delete('page[before]')
  return withParam(next, `page[${side}]`, cursor)
}

function beyondCursor<Item>(
  list: Ordered<Item>,
  cursor: string | null,
  side: 1 | -1,
): readonly Item[] | Problem {
  if (cursor === null || cursor === '') return list.items
  const position = fromCursor(cursor)
  if (position === null) {
    return jsonApiError('InvalidCursor', 'Invalid cursor', 'the cursor is not valid')
  }
  const sign = list.direction === 'desc' ? -side : side
  return list.items.filter((item) => comparePlaces(list.keyOf(item), position) * sign > 0)
}

function byOffset<Item>(url: URL, items: readonly Item[]): PagedItems<Item> | Problem {
  const page = Math.max(1, Number(url.searchParams.get('page') ?? 1) || 1)
  const asked = Number(url.searchParams.get('per_page') ?? LARGEST_PAGE) || LARGEST_PAGE
  const size = Math.min(LARGEST_PAGE, Math.max(1, asked))
  if (page * size > DEEPEST_RECORD) {
    return badRequest('InvalidPaginationDepth', 'Limit for offset pagination is 10000 records')
  }
  const start = (page - 1) * size
  const hasMore = start + size < items.length
  return {
    items: items.slice(start, start + size),
    about: {
      next_page: hasMore ? withParam(url, 'page', String(page + 1)) : null,
      previous_page: page > 1 ? withParam(url, 'page', String(page - 1)) : null,
      count: items.length,
    },
  }
}

export function withParam(url: URL, name: string, value: string): string {
  const next = new URL(url)
  next.searchParams.set(name, value)
  return next.toString()
}
