import {
  eventually,
  must,
  type OutsideWorld,
  type PhoneMessage,
  type SeenTicket,
} from './outside-world.ts'
import { BRAND_NUMBER, SARAH } from './people.ts'

export async function ticketWith(world: OutsideWorld, body: string): Promise<SeenTicket> {
  return eventually(`a ticket with "${body}"`, async () =>
    (await allTickets(world)).find(({ comments }) =>
      comments.some((comment) => comment.body === body),
    ),
  )
}

async function allTickets(world: OutsideWorld): Promise<readonly SeenTicket[]> {
  return Promise.all((await world.tickets()).map(({ id }) => world.ticket(id)))
}

export async function ticketsOf(
  world: OutsideWorld,
  phone: string,
): Promise<readonly SeenTicket[]> {
  return (await allTickets(world)).filter(({ requester }) => requester.phone === phone)
}

export async function received(
  world: OutsideWorld,
  phone: string,
): Promise<readonly PhoneMessage[]> {
  return (await world.phone(phone)).filter(
    ({ direction, origin }) => direction === 'received' && origin === 'conversation',
  )
}

export async function newTexts(
  world: OutsideWorld,
  phone: string,
  before: readonly PhoneMessage[],
  count: number,
): Promise<readonly PhoneMessage[]> {
  return eventually(`${count} more on the phone`, async () => {
    const after = (await received(world, phone)).slice(before.length)
    return after.length >= count && after
  })
}

export async function textsInto(
  world: OutsideWorld,
  ticketId: number,
  status: string,
): Promise<void> {
  await world.setsStatus(ticketId, status)
  const assignee = (await world.ticket(ticketId)).assignee?.email
  const body = `Still waiting, and the ticket is ${status === 'hold' ? 'on-hold' : status}.`
  await world.texts(SARAH, BRAND_NUMBER, body)
  const ticket = await ticketWith(world, body)
  must(
    ticket.id === ticketId && ticket.status === 'open',
    `${status} → comment and open (#${ticket.id}, ${ticket.status})`,
  )
  must(ticket.assignee?.email === assignee, `${status} → same assignee`)
}

export async function closeAll(world: OutsideWorld, phone: string): Promise<void> {
  for (const ticket of await ticketsOf(world, phone))
    if (ticket.status !== 'closed') await world.setsStatus(ticket.id, 'closed')
}
