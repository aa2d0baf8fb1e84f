import type { Channel, Profile } from '../klaviyo/entities.ts'
import type { TicketRecord } from '../zendesk/entities.ts'
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

  return {
    find(talk) {
      const record = findTicket(zendesk.store, ticketIds.get(keyOf(talk)) ?? null)
      return record === null || record.ticket.status === 'closed' ? null : record
    },
    set: (talk, record) => ticketIds.set(keyOf(talk), record.ticket.id),
    clear: () => ticketIds.clear(),
  }
}
