/** The address that Klaviyo's links begin with where no request says otherwise, as in webhooks. */
export const KLAVIYO_ORIGIN = 'https://a.klaviyo.com'

/** `2022-11-08T01:23:45+00:00`, as the API writes times; null stays null. */
export function toApiTime(at: number): string
export function toApiTime(at: number | null): string | null
export function toApiTime(at: number | null): string | null {
  return at === null ? null : `${new Date(at).toISOString().slice(0, 19)}+00:00`
}

export type Resource = {
  readonly type: string
  readonly id: string
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly relationships?: Readonly<Record<string, unknown>>
  readonly links: { readonly self: string }
}

export function selfLink(origin: string, collection: string, id: string): { self: string } {
  return { self: `${origin}/api/${collection}/${id}/` }
}

/** The two links of a relationship, with its data where the answer carries it. */
export function relationship(self: { self: string }, name: string, data?: unknown) {
  return {
    ...(data === undefined ? {} : { data }),
    links: { self: `${self.self}relationships/${name}/`, related: `${self.self}${name}/` },
  }
}

/** Keeps the attributes that `fields[type]` names, `location.city` included; all without it. */
export function sparse<T extends Resource>(resource: T, fields: readonly string[] | undefined): T {
  if (fields === undefined || resource.attributes === undefined) return resource
  const kept = new Set(fields.map((field) => field.split('.')[0]))
  const attributes = Object.fromEntries(
    Object.entries(resource.attributes).filter(([name]) => kept.has(name)),
  )
  return { ...resource, attributes }
}

export type Page<T> = {
  readonly items: readonly T[]
  readonly next: string | null
  readonly prev: string | null
}

/**
 * Cuts one page out of an ordered list. Cursors name the neighbouring item, not a count, so that
 * items which arrive between two calls neither repeat nor hide others.
 */
export function paginate<T>(
  items: readonly T[],
  { size, cursor, keyOf }: { size: number; cursor: string | null; keyOf(item: T): string },
): Page<T> | null {
  const wanted = cursor === null ? null : decodeCursor(cursor)
  if (cursor !== null && wanted === null) return null

  const anchor = wanted === null ? 0 : items.findIndex((item) => keyOf(item) === wanted.key)
  if (anchor < 0) return null
  const start = wanted?.back ? Math.max(0, anchor - size) : anchor + (wanted === null ? 0 : 1)
  const end = wanted?.back ? anchor : start + size

  const first = items[start]
  const last = items[end - 1]
  return {
    items: items.slice(start, end),
    next: last !== undefined && end < items.length ? encodeCursor('next', keyOf(last)) : null,
    prev: first !== undefined && start > 0 ? encodeCursor('prev', keyOf(first)) : null,
  }
}

/** The request's own address, with the brackets of `page[size]` encoded, as a URI wants them. */
export function selfOf(url: URL): string {
  return url.toString().replaceAll('[', '%5B').replaceAll(']', '%5D')
}

/** `links` of a collection: the request's own address with the cursor of each neighbour. */
export function pageLinks(url: URL, page: Pick<Page<unknown>, 'next' | 'prev'>) {
  const at = (cursor: string | null) => {
    if (cursor === null) return null
    const link = new URL(url)
    link.searchParams.set('page[cursor]', cursor)
    return selfOf(link)
  }
  return { self: selfOf(url), next: at(page.next), prev: at(page.prev) }
}

function encodeCursor(direction: 'next' | 'prev', key: string): string {
  return Buffer.from(`${direction}::${key}`).toString('base64url')
}

function decodeCursor(cursor: string): { back: boolean; key: string } | null {
  const match = /^(next|prev)::(.+)$/.exec(Buffer.from(cursor, 'base64url').toString())
  return match === null ? null : { back: match[1] === 'prev', key: match[2] ?? '' }
}
