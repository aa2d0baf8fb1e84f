import type { ZendeskBrandId, ZendeskUserId } from '../kernel/ids.ts'
import type { CustomFieldValue } from './ticket.ts'
import type { TicketStatus } from './ticket-status.ts'
import { toWireId } from './wire.ts'

/**
 * A comment to write. `public` is always said: Zendesk's default is inherited from the ticket.
 * `htmlBody` for people's words (see `escapeCommentHtml`); `body` is Markdown when staff write it.
 */
export type NewComment = ({ readonly htmlBody: string } | { readonly body: string }) & {
  readonly public: boolean
  /** The shown author. The updater stays the identity of the token. Ignored on creation. */
  readonly authorId?: ZendeskUserId
}

/** A ticket to create. `submitterId` becomes the author of the first comment. */
export type TicketDraft = {
  readonly subject: string
  readonly requesterId: ZendeskUserId
  readonly submitterId?: ZendeskUserId
  readonly brandId?: ZendeskBrandId
  readonly assigneeId?: ZendeskUserId
  readonly groupId?: string
  readonly priority?: string
  readonly tags: readonly string[]
  /** Not unique in Zendesk; ours to look a ticket up by. */
  readonly externalId: string
  readonly comment: NewComment
  /** Kept on the audit as `metadata.custom`. */
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly customFields?: readonly CustomFieldValue[]
}

/** What to change on a ticket; what is not given stays. */
export type TicketChange = {
  readonly comment?: NewComment
  /** Say `open` with a customer's comment: through the API it does not reopen by itself. */
  readonly status?: TicketStatus
  readonly assigneeId?: ZendeskUserId
  readonly groupId?: string
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly customFields?: readonly CustomFieldValue[]
  /** Added to the ticket's tags, none removed. */
  readonly addTags?: readonly string[]
}

/** https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#create-ticket */
export function toWireDraft(draft: TicketDraft): unknown {
  return {
    ticket: {
      subject: draft.subject,
      requester_id: toWireId(draft.requesterId),
      submitter_id: wireIdOf(draft.submitterId),
      brand_id: wireIdOf(draft.brandId),
      assignee_id: wireIdOf(draft.assigneeId),
      group_id: wireIdOf(draft.groupId),
      priority: draft.priority,
      tags: draft.tags,
      external_id: draft.externalId,
      comment: toWireComment(draft.comment),
      metadata: draft.metadata,
      custom_fields: toWireFields(draft.customFields),
    },
  }
}

/** https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket */
export function toWireChange(change: Omit<TicketChange, 'addTags'>): unknown {
  return {
    ticket: {
      comment: change.comment === undefined ? undefined : toWireComment(change.comment),
      status: change.status,
      assignee_id: wireIdOf(change.assigneeId),
      group_id: wireIdOf(change.groupId),
      metadata: change.metadata,
      custom_fields: toWireFields(change.customFields),
    },
  }
}

function toWireComment(comment: NewComment): unknown {
  const text = 'htmlBody' in comment ? { html_body: comment.htmlBody } : { body: comment.body }
  return { ...text, public: comment.public, author_id: wireIdOf(comment.authorId) }
}

function toWireFields(fields: readonly CustomFieldValue[] | undefined): unknown {
  return fields?.map(({ id, value }) => ({ id: toWireId(id), value }))
}

function wireIdOf(id: string | undefined): number | undefined {
  return id === undefined ? undefined : toWireId(id)
}
