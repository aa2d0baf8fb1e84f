import type { KlaviyoEvent } from '../entities.ts'

/** An event with its place in the order of recording, which settles equal times. */
export type StoredEvent = Omit<KlaviyoEvent, 'profileId'> & {
  readonly position: number
  /** Changes when profiles are merged. */
  profileId: string
}

type EventSelection = {
  readonly metricIds?: readonly string[] | undefined
  readonly profileId?: string | undefined
}

/** The events of one account. */
export type EventStore = {
  /**
   * Keeps the event unless (profile, metric, unique_id) was recorded before: the first one wins
   * and the repetition is dropped in silence. Answers null then.
   * https://developers.klaviyo.com/en/reference/create_event
   */
  add(event: KlaviyoEvent): StoredEvent | null
  has(event: Pick<KlaviyoEvent, 'profileId' | 'metricId' | 'uniqueId'>): boolean
  get(id: string): StoredEvent | null
  /** Gives the events of one profile to another. */
  reassign(fromProfileId: string, toProfileId: string): void
  /** Oldest first. */
  select(selection: EventSelection): readonly StoredEvent[]
}

export function createEventStore(): EventStore {
  const byId = new Map<string, StoredEvent>()
  const uniqueKeys = new Set<string>()
  const all: StoredEvent[] = []
  const byMetric = new Map<string, StoredEvent[]>()
  const byProfile = new Map<string, StoredEvent[]>()

  return {
    has: (event) => uniqueKeys.has(uniqueKey(event)),
    get: (id) => byId.get(id) ?? null,

    add(event) {
      const key = uniqueKey(event)
      if (uniqueKeys.has(key)) return null
      uniqueKeys.add(key)

      const stored = { ...event, position: byId.size }
      byId.set(event.id, stored)
      insert(all, stored)
      insert(listIn(byMetric, event.metricId), stored)
      insert(listIn(byProfile, event.profileId), stored)
      return stored
    },

    reassign(fromProfileId, toProfileId) {
      for (const event of byProfile.get(fromProfileId) ?? []) {
        uniqueKeys.add(uniqueKey({ ...event, profileId: toProfileId }))
        event.profileId = toProfileId
        insert(listIn(byProfile, toProfileId), event)
      }
      byProfile.delete(fromProfileId)
    },

    select({ metricIds, profileId }) {
      if (profileId !== undefined) {
        const own = byProfile.get(profileId) ?? []
        return metricIds === undefined ? own : own.filter((e) => metricIds.includes(e.metricId))
      }
      if (metricIds === undefined) return all
      const lists = [...new Set(metricIds)].map((id) => byMetric.get(id) ?? [])
      return lists.length === 1 ? (lists[0] ?? []) : lists.flat().sort(inOrder)
    },
  }
}

function inOrder(a: StoredEvent, b: StoredEvent): number {
  return a.at - b.at || a.position - b.position
}

/** Most events are the newest, so the place is looked for from the end. */
function insert(list: StoredEvent[], event: StoredEvent): void {
  let place = list.length
  while (place > 0 && (list[place - 1]?.at ?? 0) > event.at) place -= 1
  if (place === list.length) list.push(event)
  else list.splice(place, 0, event)
}

function listIn(lists: Map<string, StoredEvent[]>, key: string): StoredEvent[] {
  const known = lists.get(key)
  if (known !== undefined) return known
  const made: StoredEvent[] = []
  lists.set(key, made)
  return made
}

function uniqueKey(event: Pick<KlaviyoEvent, 'profileId' | 'metricId' | 'uniqueId'>): string {
  return `${event.profileId}\n${event.metricId}\n${event.uniqueId}`
}
