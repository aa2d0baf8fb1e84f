import { z } from 'zod'
import type { TicketId, ZendeskBrandId, ZendeskUserId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { optionalStatus, type TicketStatus } from './ticket-status.ts'
import {
  neededId,
  optionalFlag,
  optionalId,
  optionalInstant,
  optionalText,
  tagList,
  textOrEmpty,
} from './wire.ts'

/** A ticket as the REST API shows it. `status` is null only for a deleted or scrubbed ticket. */
export type Ticket = {
  readonly id: TicketId
  readonly status: TicketStatus | null
  readonly subject: string
  /** The text of the first comment. */
  readonly description: string
  readonly tags: readonly string[]
  readonly priority: string | null
  readonly type: string | null
  readonly externalId: string | null
  readonly brandId: ZendeskBrandId | null
  readonly requesterId: ZendeskUserId | null
  readonly submitterId: ZendeskUserId | null
  readonly assigneeId: ZendeskUserId | null
  readonly groupId: string | null
  readonly viaChannel: string | null
  /** Zendesk messaging: a public comment there goes to the customer through Zendesk itself. */
  readonly isFromMessagingChannel: boolean
  readonly customFields: readonly CustomFieldValue[]
  readonly createdAt: Instant | null
  readonly updatedAt: Instant | null
}

/** `value` is as sent: text, number, boolean, a list for multi-select, or null. */
export type CustomFieldValue = { readonly id: string; readonly value: unknown }

const customField = z
  .looseObject({ id: neededId(), value: z.unknown().optional() })
  .transform(({ id, value }): CustomFieldValue => ({ id, value: value ?? null }))

/** https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#json-format */
export const ticketSchema = z
  .looseObject({
    id: neededId<TicketId>(),
    status: optionalStatus,
    subject: textOrEmpty,
    description: textOrEmpty,
    tags: tagList,
    priority: optionalText,
    type: optionalText,
    external_id: optionalText,
    brand_id: optionalId<ZendeskBrandId>(),
    requester_id: optionalId<ZendeskUserId>(),
    submitter_id: optionalId<ZendeskUserId>(),
    assignee_id: optionalId<ZendeskUserId>(),
    group_id: optionalId(),
    via: z.looseObject({ channel: optionalText }).catch({ channel: null }),
    from_messaging_channel: optionalFlag,
    custom_fields: z.array(customField).catch([]),
    created_at: optionalInstant,
    updated_at: optionalInstant,
  })
  .transform(
    (wire): Ticket => ({
      id: wire.id,
      status: wire.status,
      subject: wire.subject,
      description: wire.description,
      tags: wire.tags,
      priority: wire.priority,
      type: wire.type,
      externalId: wire.external_id,
      brandId: wire.brand_id,
      requesterId: wire.requester_id,
      submitterId: wire.submitter_id,
      assigneeId: wire.assignee_id,
      groupId: wire.group_id,
      viaChannel: wire.via.channel,
      isFromMessagingChannel: wire.from_messaging_channel ?? false,
      customFields: wire.custom_fields,
      createdAt: wire.created_at,
      updatedAt: wire.updated_at,
    }),
  )
