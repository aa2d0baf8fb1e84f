import type { Channel, Profile } from '../klaviyo/entities.ts'
import type { TicketRecord } from '../zendesk/entities/tickets.ts'
import { findTicket } from '../zendesk/store.ts'
import type { NativeParts } from './parts.ts'

type Talk = {
  readonly profile: Profile
  readonly channel: Channel
  /** The sending number of this text. */
  readonly number: string
}

/** Which ticket a customer's talk with the brand stands on. */
export type CurrentTickets = {
  /** Null when there was none, or it is closed or gone. */
  find(talk: Talk): TicketRecord | null
  /** The newest one of any sending number. */
  findAny(profile: Profile, channel: Channel): TicketRecord | null
  set(talk: Talk, record: TicketRecord): void
  clear(): void
}

export function createCurrentTickets({ zendesk, doubts }: NativeParts): CurrentTickets {
  const ticketIds = new Map<string, number>()

  /** Profile ids are unique among all accounts. */
  function keyOf({ profile, channel, number }: Talk): string {
    const shared = `${profile.id} ${channel}`
    return doubts.ticketPer() === 'number' ? `${shared} ${number}` : shared
  }

  function findLiving(id: number | null): TicketRecord | null {
    const record = findTicket(zendesk.store, id)
    return record === null || record.ticket.status === 'closed' ? null : record
  }

  return {
    find: (talk) => findLiving(ticketIds.get(keyOf(talk)) ?? null),
    findAny({ id }, channel) {
      const own = [...ticketIds].filter(([key]) => key.startsWith(`${id} ${channel}`))
      const ids = own.map(([, ticketId]) => ticketId).toSorted((a, b) => b - a)
      return ids.map(findLiving).find((record) => record !== null) ?? null
    },
    set: (talk, record) => ticketIds.set(keyOf(talk), record.ticket.id),
    clear: () => ticketIds.clear(),
  }
}
