import { answerOf, client } from '../api/client.ts'
import { given } from '../api/queries.ts'
import { pagesOf, type Tally } from './run-pages.ts'

export type Deed = 'retry' | 'discard' | 'replay'

/** From when on, and of which bridge; of all without a name. */
export type Since = {
  readonly since: string
  readonly bridge: string | null
  readonly note: string
}

/** Many to be done, page by page. */
export type Many = {
  readonly deed: Deed
  /** How many there are, where that is known beforehand. */
  readonly total: number | null
  readonly page: (after: string | null) => Promise<Tally>
}

/** Small enough that each page is answered in a moment, and a stop is heard. */
const PAGE = 25

export function manyOf(deed: Deed, ids: readonly string[]): Many {
  return {
    deed,
    total: ids.length,
    page: pagesOf(ids, PAGE, (some) => ask(deed, { ids: [...some] })),
  }
}

export function manySince(deed: Deed, { since, bridge, note }: Since): Many {
  const among = given({ since, bridge: bridge ?? undefined, note, limit: PAGE })
  const page = (after: string | null) => ask(deed, { ...among, ...given({ after: after ?? '' }) })
  return { deed, total: null, page }
}

type Asked = { ids?: string[]; since?: string; bridge?: string; after?: string; note?: string }

function ask(deed: Deed, asked: Asked): Promise<Tally> {
  const body = asked
  switch (deed) {
    case 'retry':
      return answerOf(client.POST('/api/problems/retry', { body }))
    case 'discard':
      return answerOf(client.POST('/api/problems/discard', { body }))
    case 'replay':
      return answerOf(client.POST('/api/events/replay', { body }))
  }
}
