import type { OutsideWorld } from './outside-world.ts'

/** A world that notes the platforms' ids of the texts and comments that are written through it. */
export type WatchedWorld = { readonly world: OutsideWorld; eventIds(): readonly string[] }

export function watchWorld(world: OutsideWorld): WatchedWorld {
  const eventIds: string[] = []
  return {
    eventIds: () => [...eventIds],
    world: {
      ...world,
      async texts(...text) {
        const made = await world.texts(...text)
        eventIds.push(made.eventId)
        return made
      },
      async comments(...comment) {
        const made = await world.comments(...comment)
        eventIds.push(String(made.commentId))
        return made
      },
    },
  }
}
