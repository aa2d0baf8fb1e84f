import { z } from 'zod'
import type { TicketId, ZendeskBrandId, ZendeskUserId } from '../../kernel/ids.ts'
import { optionalStatus } from '../ticket-status.ts'
import {
  neededId,
  optionalId,
  optionalInstant,
  optionalText,
  tagList,
  textOrEmpty,
} from '../wire.ts'
import type { TicketEventFields } from './zendesk-event.ts'

/**
 * The ticket inside an event. Only its id is needed; whatever else is missing or odd is null.
 * https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/
 */
export const eventDetail = z
  .looseObject({
    id: neededId<TicketId>(),
    actor_id: optionalId<ZendeskUserId>(),
    status: optionalStatus,
    brand_id: optionalId<ZendeskBrandId>(),
    requester_id: optionalId<ZendeskUserId>(),
    assignee_id: optionalId<ZendeskUserId>(),
    external_id: optionalText,
    subject: textOrEmpty,
    tags: tagList,
    via: z.looseObject({ channel: optionalText }).catch({ channel: null }),
    created_at: optionalInstant,
    updated_at: optionalInstant,
  })
  .transform(
    (wire): EventDetail => ({
      actorId: wire.actor_id,
      ticket: {
        id: wire.id,
        status: wire.status,
        brandId: wire.brand_id,
        requesterId: wire.requester_id,
        assigneeId: wire.assignee_id,
        externalId: wire.external_id,
        subject: wire.subject,
        tags: wire.tags,
        viaChannel: wire.via.channel,
        createdAt: wire.created_at,
        updatedAt: wire.updated_at,
      },
    }),
  )

type EventDetail = Pick<TicketEventFields, 'actorId' | 'ticket'>
