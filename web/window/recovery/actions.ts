import { useMutation } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { renew } from '../api/live.ts'
import { hasStatus, toProblem } from '../api/problem.ts'
import { given } from '../api/queries.ts'
import { queryClient } from '../api/query-client.ts'
import { SESSION_KEY } from '../api/session.ts'

type Note = { readonly note?: string | undefined }
type Wish = Note & { readonly text?: string; readonly mayArriveTwice?: boolean }
type Answer = { readonly response: Response; readonly error?: unknown }

/** Tries again what failed, by an effect's id, or at once what waits, by a work item's. */
export function retry(id: string, wish: Wish = {}): Promise<void> {
  return done(
    client.POST('/api/problems/{id}/retry', { params: { path: { id } }, body: given(wish) }),
  )
}

/** Takes it off the list, or ends work that waits. */
export function discard(id: string, note: Note = {}): Promise<void> {
  return done(
    client.POST('/api/problems/{id}/discard', { params: { path: { id } }, body: given(note) }),
  )
}

/** Decides an event again, where nothing came of it. */
export function replay(id: string, note: Note = {}): Promise<void> {
  return done(
    client.POST('/api/events/{id}/replay', { params: { path: { id } }, body: given(note) }),
  )
}

export function pause(id: string): Promise<void> {
  return done(client.POST('/api/connections/{id}/pause', { params: { path: { id } } }))
}

export function resume(id: string): Promise<void> {
  return done(client.POST('/api/connections/{id}/resume', { params: { path: { id } } }))
}

async function done(call: Promise<Answer>): Promise<void> {
  const { response, error } = await call
  if (!response.ok) throw toProblem(response.status, error)
}

/**
 * Something a person does here; afterwards everything shown is asked for again. It is done now or not at
 * all: without a network it fails, rather than happen when nobody expects it any more.
 */
export function useAction<Given = void>(
  act: (given: Given) => Promise<void>,
  onDone?: (given: Given) => void,
) {
  return useMutation({
    mutationFn: act,
    networkMode: 'always',
    onSuccess: (_, what) => {
      onDone?.(what)
      renew()
    },
    onError: askWhoIsIn,
  })
}

/** A session that ended meanwhile leads to sign-in. */
export function askWhoIsIn(error: unknown): void {
  if (hasStatus(error, 401)) void queryClient.invalidateQueries({ queryKey: SESSION_KEY })
}
