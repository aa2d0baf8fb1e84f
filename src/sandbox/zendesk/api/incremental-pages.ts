import { comparePlaces, fromCursor, toCursor } from './cursors.ts'
import { badRequest, type Problem } from './errors.ts'
import { withParam } from './paging.ts'
import { toSeconds } from './wire.ts'

/** Something that changed at a second. */
export type Changed<Item> = { readonly item: Item; readonly at: number; readonly id: number }

type Page<Item> = {
  readonly items: readonly Item[]
  readonly about: Readonly<Record<string, unknown>>
}

const LARGEST_PAGE = 1_000
/** Never the latest minute. */
const HELD_BACK_S = 60

/** `start_time` first, then `cursor`: a page continues where the one before ended. */
export function cursorPage<Item>(
  address: string,
  now: number,
  all: readonly Changed<Item>[],
): Page<Item> | Problem {
  const url = new URL(address)
  const position = startOf(url.searchParams)
  if (position === null) return badStart()
  const rest = settled(all, now).filter((one) => comparePlaces(placeOf(one), position) > 0)
  const page = rest.slice(0, pageSize(url))
  const last = page.at(-1)
  const after_cursor = toCursor(last === undefined ? position : placeOf(last))
  const next = new URL(withParam(url, 'cursor', after_cursor))
  next.searchParams.delete('start_time')
  return {
    items: page.map(({ item }) => item),
    about: {
      after_url: next.toString(),
      after_cursor,
      before_url: null,
      before_cursor: null,
      end_of_stream: page.length === rest.length,
    },
  }
}

/** A page ends with a whole second, so readers drop what they have seen by id. */
export function timePage<Item>(
  address: string,
  now: number,
  all: readonly Changed<Item>[],
): Page<Item> | Problem {
  const url = new URL(address)
  const start = Number(url.searchParams.get('start_time') ?? Number.NaN)
  if (!Number.isFinite(start)) return badStart()
  const rest = settled(all, now).filter(({ at }) => at >= start)
  const lastSecond = rest[pageSize(url) - 1]?.at
  const page = lastSecond === undefined ? rest : rest.filter(({ at }) => at <= lastSecond)
  const isEnd = page.length === rest.length
  const end_time = page.at(-1)?.at ?? start
  const next_page = withParam(url, 'start_time', String(isEnd ? end_time : end_time + 1))
  return {
    items: page.map(({ item }) => item),
    about: { next_page, count: page.length, end_of_stream: isEnd, end_time },
  }
}

function settled<Item>(all: readonly Changed<Item>[], now: number): Changed<Item>[] {
  return all
    .filter(({ at }) => at <= toSeconds(now) - HELD_BACK_S)
    .toSorted((a, b) => comparePlaces(placeOf(a), placeOf(b)))
}

const placeOf = ({ at, id }: Changed<unknown>) => ({ key: at, id })

/** A start time stands before everything of its second. */
function startOf(query: URLSearchParams) {
  const cursor = query.get('cursor')
  if (cursor !== null && cursor !== '') return fromCursor(cursor)
  const seconds = Number(query.get('start_time') ?? Number.NaN)
  return Number.isFinite(seconds) ? { key: seconds, id: 0 } : null
}

function badStart(): Problem {
  return badRequest('InvalidValue', 'start_time is missing or invalid')
}

function pageSize(url: URL): number {
  const size = Number(url.searchParams.get('per_page') ?? LARGEST_PAGE)
  return Number.isInteger(size) && size > 0 ? Math.min(size, LARGEST_PAGE) : LARGEST_PAGE
}
