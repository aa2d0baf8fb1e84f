import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answerOf, client } from './client.ts'
import type { components } from './schema.d.ts'

export type BridgeOverview = components['schemas']['BridgeOverview']
export type Conversation = components['schemas']['Conversation']
export type TimelineEntry = components['schemas']['TimelineEntry']
export type Problem = components['schemas']['Problem']
export type EventStory = components['schemas']['Event']

/** Every bridge at a glance; events are counted from this browser's midnight. */
export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: () =>
    answerOf(client.GET('/api/overview', { params: { query: { since: midnight() } } })),
})

function midnight(): string {
  return new Date(new Date().setHours(0, 0, 0, 0)).toISOString()
}

export type ConversationFilter = {
  readonly search: string
  readonly bridge?: string | undefined
  readonly state?: 'waiting' | 'failed' | 'unknown' | 'no_ticket' | undefined
}

const PAGE = 50

/** Conversations page by page; what was found before stays until the new search is answered. */
export const conversationsQuery = (filter: ConversationFilter) =>
  infiniteQueryOptions({
    queryKey: ['conversations', filter],
    queryFn: ({ pageParam }) =>
      answerOf(
        client.GET('/api/conversations', {
          params: { query: { ...given(filter), ...given({ before: pageParam }), limit: PAGE } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ conversations }) =>
      conversations.length < PAGE ? undefined : conversations.at(-1)?.cursor,
    placeholderData: keepPreviousData,
  })

/** One conversation; each further page is what happened before. */
export const conversationQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['conversation', id],
    queryFn: ({ pageParam }) =>
      answerOf(
        client.GET('/api/conversations/{id}', {
          params: { path: { id }, query: { ...given({ before: pageParam }), limit: PAGE } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ earlier }) => earlier ?? undefined,
  })

/** What failed and waits for a person. */
export const problemsQuery = queryOptions({
  queryKey: ['problems'],
  queryFn: () => answerOf(client.GET('/api/problems', { params: { query: { limit: 200 } } })),
})

/** Every event that an id leads to. */
export const eventQuery = (id: string) =>
  queryOptions({
    queryKey: ['event', id],
    queryFn: () => answerOf(client.GET('/api/events/{id}', { params: { path: { id } } })),
  })

/** Without what is absent: a parameter is given or not sent. */
export function given<T extends object>(
  values: T,
): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  ) as { [Key in keyof T]?: Exclude<T[Key], undefined> }
}
