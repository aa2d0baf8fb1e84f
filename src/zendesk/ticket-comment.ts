import { z } from 'zod'
import type { CommentId, ZendeskUserId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import {
  looseRecord,
  neededId,
  optionalId,
  optionalInstant,
  optionalText,
  textOrEmpty,
  toFlag,
} from './wire.ts'
import { userSchema, type ZendeskRole, type ZendeskUser } from './zendesk-user.ts'

/** A comment of a ticket. */
export type TicketComment = {
  readonly id: CommentId
  readonly authorId: ZendeskUserId | null
  /** Null when the answer does not hold the author. */
  readonly author: {
    readonly role: ZendeskRole
    readonly name: string
    readonly email: string | null
  } | null
  readonly body: string
  readonly htmlBody: string
  readonly plainBody: string
  readonly public: boolean
  readonly viaChannel: string | null
  readonly createdAt: Instant | null
  /**
   * What the writer sent as the ticket's `metadata` with the update that made this comment.
   * Documented on the audit; that the comment shows it too is inferred from its documented shape.
   */
  readonly metadataCustom: Readonly<Record<string, unknown>>
  readonly attachments: readonly CommentAttachment[]
}

/** A file of a comment, where Zendesk serves it. */
export type CommentAttachment = {
  readonly fileName: string
  readonly contentUrl: string
  readonly contentType: string | null
}

const attachment = z
  .looseObject({ file_name: textOrEmpty, content_url: z.string(), content_type: optionalText })
  .transform(
    (wire): CommentAttachment => ({
      fileName: wire.file_name,
      contentUrl: wire.content_url,
      contentType: wire.content_type,
    }),
  )

/** Unreadable visibility reads as internal: a note must never be taken for an answer. */
const visibility = z
  .unknown()
  .optional()
  .transform((raw) => toFlag(raw) ?? false)

/** https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/#json-format */
const commentSchema = z.looseObject({
  id: neededId<CommentId>(),
  author_id: optionalId<ZendeskUserId>(),
  body: textOrEmpty,
  html_body: textOrEmpty,
  plain_body: textOrEmpty,
  public: visibility,
  via: z.looseObject({ channel: optionalText }).catch({ channel: null }),
  created_at: optionalInstant,
  metadata: z.looseObject({ custom: looseRecord }).catch({ custom: {} }),
  attachments: z.array(attachment).catch([]),
})

/** One page of comments with their authors side-loaded. */
export const commentPageSchema = z.looseObject({
  comments: z.array(commentSchema),
  users: z.array(userSchema).catch([]),
})

/** Joins one page's comments with their authors, in the order of the page. */
export function toTicketComments(
  page: z.output<typeof commentPageSchema>,
): readonly TicketComment[] {
  const people = new Map(page.users.map((user) => [user.id, user]))
  return page.comments.map((wire) => ({
    id: wire.id,
    authorId: wire.author_id,
    author: toAuthor(wire.author_id === null ? undefined : people.get(wire.author_id)),
    body: wire.body,
    htmlBody: wire.html_body,
    plainBody: wire.plain_body,
    public: wire.public,
    viaChannel: wire.via.channel,
    createdAt: wire.created_at,
    metadataCustom: wire.metadata.custom,
    attachments: wire.attachments,
  }))
}

function toAuthor(user: ZendeskUser | undefined): TicketComment['author'] {
  return user === undefined ? null : { role: user.role, name: user.name, email: user.email }
}
