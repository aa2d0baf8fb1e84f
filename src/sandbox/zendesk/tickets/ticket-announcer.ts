import { ulid } from '../../core/ids.ts'
import type { World } from '../../world.ts'
import type { Actor } from '../actor.ts'
import type { ZendeskDoubts } from '../doubts.ts'
import type { Comment, Ticket, TicketRecord } from '../entities/tickets.ts'
import type { ZendeskStore } from '../store.ts'
import type { EventDelivery } from '../webhooks/webhook-delivery.ts'
import {
  commentAdded,
  created,
  type TicketHappening,
  toEventBody,
  toHappenings,
} from '../webhooks/webhook-events.ts'
import { changesBetween } from './ticket-changes.ts'

export type TicketAnnouncer = ReturnType<typeof createTicketAnnouncer>

type Parts = {
  readonly world: World
  readonly store: ZendeskStore
  readonly doubts: ZendeskDoubts
  readonly delivery: EventDelivery
}

type Update = {
  readonly record: TicketRecord
  /** Null: the ticket is new. */
  readonly before: Ticket | null
  readonly actor: Actor
  readonly comment: Comment | null
  readonly alsoHappened: readonly TicketHappening[]
}

/** Tells webhooks what one action did. Its events share a sequence id. */
export function createTicketAnnouncer({ world, store, doubts, delivery }: Parts) {
  function announceUpdate({ record, before, actor, comment, alsoHappened }: Update): void {
    const said = comment === null ? [] : [commentAdded(comment, store.users.get(comment.author_id))]
    const saidAtFirst = doubts.createdAlsoSendsCommentAdded() === 'on' ? said : []
    const happenings =
      before === null
        ? [created, ...saidAtFirst]
        : [...said, ...toHappenings(changesBetween(before, record.ticket), doubts)]
    announce(record.ticket, actor, [...happenings, ...alsoHappened])
  }

  function announce(ticket: Ticket, actor: Actor, happenings: readonly TicketHappening[]): void {
    const now = world.clock.now()
    const id = ulid(now)
    happenings.forEach((happening, index) => {
      const sequence = { id, position: index + 1 }
      const body = () =>
        toEventBody(
          { account: store.account.number, ticket, actor, happening, now, sequence },
          doubts,
        )
      delivery.send(happening.type, body)
    })
  }

  return { announceUpdate, announce }
}
