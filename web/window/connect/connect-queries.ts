import { queryOptions } from '@tanstack/react-query'
import { answerOf, client } from '../api/client.ts'
import type { components, paths } from '../api/schema.d.ts'

export type Connection = components['schemas']['Connection']
export type Bridge = components['schemas']['Bridge']
export type SetUp =
  paths['/api/connections']['get']['responses'][200]['content']['application/json']
export type Choices = Bridge['settings']

/** The connected accounts, and what connecting another needs. */
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: () => answerOf(client.GET('/api/connections')),
})

/** The bridges with what was chosen for them. */
export const bridgesQuery = queryOptions({
  queryKey: ['bridges'],
  queryFn: () => answerOf(client.GET('/api/bridges')),
})

/** Sends the browser to a platform's consent page; comes back only when that could not begin. */
export async function goToConsent(begun: Promise<{ readonly redirectTo: string }>): Promise<void> {
  const { redirectTo } = await begun
  window.location.assign(redirectTo)
  // The page is being left: nothing here may look finished meanwhile.
  await new Promise(() => undefined)
}
