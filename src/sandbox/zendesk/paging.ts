import { badRequest, isProblem, jsonApiError, type Problem } from './errors.ts'

export type PagedRequest = { readonly url: string }

/** Where an item stands in the list; lists are ordered by this, then by id. */
export type KeyOf<Item> = (item: Item) => { readonly key: string | number; readonly id: number }

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
  if (url.searchParams.has('page[before]')) {
    const detail = 'the sandbox does not emulate page[before]'
    return { ...jsonApiError('NotImplemented', 'Not implemented', detail), status: 501 }
  }
  const rest = afterCursor(list, url.searchParams.get('page[after]'))
  if (isProblem(rest)) return rest

  const items = rest.slice(0, size)
  const hasMore = rest.length > size
  const last = items.at(-1)
  const first = items.at(0)
  const after_cursor = last === undefined ? null : toCursor(list.keyOf(last))
  const before_cursor = first === undefined ? null : toCursor(list.keyOf(first))
  const next = hasMore && after_cursor !== null ? withParam(url, 'page[after]', after_cursor) : null
  return {
    items,
    about: {
      meta: { has_more: hasMore, after_cursor, before_cursor },
      links: { next, prev: null },
    },
  }
}

function afterCursor<Item>(list: Ordered<Item>, cursor: string | null): readonly Item[] | Problem {
  if (cursor === null || cursor === '') return list.items
  const position = fromCursor(cursor)
  if (position === null) {
    return jsonApiError('InvalidCursor', 'Invalid cursor', 'page[after] is not a valid cursor')
  }
  const sign = list.direction === 'desc' ? -1 : 1
  return list.items.filter((item) => comparePlaces(list.keyOf(item), position) * sign > 0)
}

type Place = ReturnType<KeyOf<unknown>>

export function comparePlaces(a: Place, b: Place): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1
  return a.id - b.id
}

export function toCursor({ key, id }: Place): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

export function fromCursor(cursor: string): Place | null {
  try {
    const [key, id]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const isPlace = (typeof key === 'string' || typeof key === 'number') && typeof id === 'number'
    return isPlace ? { key, id } : null
  } catch {
    // A cursor that someone made up.
    return null
  }
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
