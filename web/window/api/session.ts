import { queryOptions } from '@tanstack/react-query'
import { toProblem } from './problem.ts'

/** Who uses the window; `needsOwner` while nobody can sign in yet. */
export type Session =
  | { readonly kind: 'in'; readonly name: string; readonly csrfToken: string }
  | { readonly kind: 'out'; readonly needsOwner: boolean }

export const SESSION_KEY = ['session'] as const

/** Asked apart from the typed client, which itself needs the session's token. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: async (): Promise<Session> => {
    const response = await fetch('/api/session')
    const body: unknown = await response.json().catch(() => null)
    if (response.status === 401) return signedOut(body)
    if (!response.ok) throw toProblem(response.status, body)
    return signedIn(body)
  },
  staleTime: Number.POSITIVE_INFINITY,
})

function signedOut(body: unknown): Session {
  return { kind: 'out', needsOwner: (Object(body) as { needsOwner?: unknown }).needsOwner === true }
}

function signedIn(body: unknown): Session {
  const { operator, csrfToken } = body as { operator: { name: string }; csrfToken: string }
  return { kind: 'in', name: operator.name, csrfToken }
}
