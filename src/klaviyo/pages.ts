import { z } from 'zod'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { type JsonAnswer, readAnswer, unreadable } from '../outbound/read-answer.ts'
import type { KlaviyoCall, KlaviyoTransport } from './transport.ts'

const MOST_PAGES = 1_000

/** One page of a list, and the cursor of the next; null at the end. */
export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null }

/**
 * Reads one page. Of `links.next` only the cursor is taken, and sent to our own base address: an
 * answer never chooses where the key is sent.
 *
 * https://developers.klaviyo.com/en/docs/pagination_
 */
export async function readPage<Schema extends z.ZodType>(
  transport: KlaviyoTransport,
  list: Omit<KlaviyoCall, 'method'>,
  item: Schema,
  cursor: string | null,
): Promise<Result<Page<z.output<Schema>>, ApiProblem>> {
  const query = { ...list.query, ...(cursor === null ? {} : { 'page[cursor]': cursor }) }
  const answer = await transport.send({ ...list, method: 'GET', query })
  if (!answer.ok) return answer

  const read = readAnswer(z.looseObject({ data: z.array(item) }), answer.value)
  if (!read.ok) return read
  const next = nextCursor(answer.value)
  if (next !== null && next === cursor) {
    return err(unreadable(answer.value.status, 'links.next: the cursor does not advance'))
  }
  return ok({ items: read.value.data, nextCursor: next })
}

/** Reads a whole list, in the platform's order. */
export async function readAll<Schema extends z.ZodType>(
  transport: KlaviyoTransport,
  list: Omit<KlaviyoCall, 'method'>,
  item: Schema,
): Promise<Result<readonly z.output<Schema>[], ApiProblem>> {
  const items: z.output<Schema>[] = []
  let cursor: string | null = null

  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page: Result<Page<z.output<Schema>>, ApiProblem> = await readPage(
      transport,
      list,
      item,
      cursor,
    )
    if (!page.ok) return page
    items.push(...page.value.items)
    cursor = page.value.nextCursor
    if (cursor === null) return ok(items)
  }
  return err(unreadable(200, `the list has more than ${MOST_PAGES} pages`))
}

const linksSchema = z.looseObject({ links: z.looseObject({ next: z.string().nullish() }) })

function nextCursor(answer: JsonAnswer): string | null {
  const parsed = linksSchema.safeParse(answer.body)
  const next = parsed.success ? (parsed.data.links.next ?? null) : null
  if (next === null) return null
  return URL.parse(next, 'https://relative.invalid')?.searchParams.get('page[cursor]') ?? null
}
