import createClient from 'openapi-fetch'
import { toProblem } from './problem.ts'
import { queryClient } from './query-client.ts'
import type { paths } from './schema.d.ts'
import { SESSION_KEY, type Session } from './session.ts'

/** The operator API, typed by its own contract. Changes carry the session's CSRF token. */
export const client = createClient<paths>({ baseUrl: window.location.origin })

const READS = ['GET', 'HEAD']

client.use({
  onRequest({ request }) {
    const session = queryClient.getQueryData<Session>(SESSION_KEY)
    if (!READS.includes(request.method) && session?.kind === 'in')
      request.headers.set('x-csrf-token', session.csrfToken)
    return request
  },
})

type Answer<Data> = { readonly data?: Data; readonly error?: unknown; readonly response: Response }

/** What a call was answered with; throws a `RequestProblem` for a refusal. */
export async function answerOf<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call
  if (!response.ok || data === undefined) throw toProblem(response.status, error)
  return data
}
