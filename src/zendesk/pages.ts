import { z } from 'zod'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { readAnswer, unreadable } from '../outbound/read-answer.ts'
import type { ZendeskTransport } from './transport.ts'

const PAGE_SIZE = 100
const MOST_PAGES = 500

const pageMeta = z.looseObject({
  meta: z
    .looseObject({
      has_more: z.boolean().catch(false),
      after_cursor: z.string().nullish().catch(null),
    })
    .catch({ has_more: false, after_cursor: null }),
})

/** A list to read: where, and how one page of it becomes items. */
export type ListCall<Item> = {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly toItems: (body: {
    readonly status: number
    readonly body: unknown
  }) => Result<readonly Item[], ApiProblem>
  /** Stops once this many items are there; without it, reads to the end. */
  readonly limit?: number
}

/**
 * Reads a list by cursor, in the platform's order. Only the cursor is taken from an answer, never
 * its link: `links.next` has been seen to name another host.
 *
 * https://developer.zendesk.com/api-reference/introduction/pagination/#cursor-pagination
 */
export async function readList<Item>(
  transport: ZendeskTransport,
  list: ListCall<Item>,
): Promise<Result<readonly Item[], ApiProblem>> {
  const limit = list.limit ?? Number.POSITIVE_INFINITY
  const items: Item[] = []
  let cursor: string | null = null

  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await transport.send({
      method: 'GET',
      path: list.path,
      query: pageQuery(list, cursor),
    })
    if (!answer.ok) return answer
    const found = list.toItems(answer.value)
    if (!found.ok) return found

    items.push(...found.value)
    const next = nextCursor(answer.value.body)
    if (items.length >= limit || next === null) return ok(items.slice(0, limit))
    if (next === cursor) return err(unreadable(answer.value.status, 'the cursor does not advance'))
    cursor = next
  }
  return err(unreadable(200, `the list has more than ${MOST_PAGES} pages`))
}

function pageQuery(list: ListCall<unknown>, cursor: string | null): Record<string, string> {
  const size = String(Math.max(1, Math.min(list.limit ?? PAGE_SIZE, PAGE_SIZE)))
  return {
    ...list.query,
    'page[size]': size,
    ...(cursor === null ? {} : { 'page[after]': cursor }),
  }
}

function nextCursor(body: unknown): string | null {
  const parsed = pageMeta.safeParse(body)
  const meta = parsed.success ? parsed.data.meta : null
  return meta?.has_more === true ? (meta.after_cursor ?? null) : null
}

/** Reads `body[key]` as a list of items; a body without it names the path. */
export function itemsUnder<Schema extends z.ZodType>(key: string, item: Schema) {
  const schema = z.looseObject({ [key]: z.array(item) })
  return (answer: { readonly status: number; readonly body: unknown }) => {
    const parsed = readAnswer(schema, answer)
    if (!parsed.ok) return parsed
    return ok((parsed.value as Record<string, readonly z.output<Schema>[]>)[key] ?? [])
  }
}
