import { z } from 'zod'
import type { ZendeskBrandId } from '../kernel/ids.ts'
import { type Ticket, ticketSchema } from './ticket.ts'
import { neededId, textOrEmpty } from './wire.ts'
import { userSchema, type ZendeskUser } from './zendesk-user.ts'

/**
 * A ticket with the people and places it names. Each is null when the ticket names none, or when
 * the answer does not hold it: a side-load leaves out what the caller may not see.
 */
export type TicketWithPeople = Ticket & {
  /** The address of the ticket in the agents' own interface. */
  readonly agentUrl: string
  readonly requester: ZendeskUser | null
  readonly assignee: ZendeskUser | null
  readonly group: { readonly id: string; readonly name: string } | null
  readonly brand: { readonly id: ZendeskBrandId; readonly name: string } | null
}

const group = z.looseObject({ id: neededId(), name: textOrEmpty })
const brand = z.looseObject({ id: neededId<ZendeskBrandId>(), name: textOrEmpty })

/** https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/ */
export const ticketWithPeopleSchema = z.looseObject({
  ticket: ticketSchema,
  users: z.array(userSchema).catch([]),
  groups: z.array(group).catch([]),
  brands: z.array(brand).catch([]),
})

/** Joins the ticket with what was side-loaded beside it. */
export function toTicketWithPeople(
  answer: z.output<typeof ticketWithPeopleSchema>,
  baseUrl: string,
): TicketWithPeople {
  const { ticket } = answer
  const ofGroup = answer.groups.find(({ id }) => id === ticket.groupId)
  const ofBrand = answer.brands.find(({ id }) => id === ticket.brandId)
  return {
    ...ticket,
    agentUrl: `${baseUrl}/agent/tickets/${ticket.id}`,
    requester: answer.users.find(({ id }) => id === ticket.requesterId) ?? null,
    assignee: answer.users.find(({ id }) => id === ticket.assigneeId) ?? null,
    group: ofGroup === undefined ? null : { id: ofGroup.id, name: ofGroup.name },
    brand: ofBrand === undefined ? null : { id: ofBrand.id, name: ofBrand.name },
  }
}
