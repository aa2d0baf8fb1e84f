import type { Actor } from '../actor.ts'
import type { ZendeskDoubts } from '../doubts.ts'
import type { Audit, Comment, Metadata, TicketRecord } from '../entities/tickets.ts'
import { isStaff, type ZendeskStore } from '../store.ts'
import { type CommentSource, toCommentText } from './comment-text.ts'
import { fillPlaceholders } from './placeholders.ts'
import { takeUploads } from './uploads.ts'

export type NewComment = CommentSource & {
  readonly public: boolean
  readonly author_id: number
  /** Known tokens; they are used up. */
  readonly uploads?: readonly string[]
}

type Place = { readonly record: TicketRecord; readonly actor: Actor; readonly audit: Audit }

/** Writes the comment into its ticket and its audit; both know it by the same id. */
export function addComment(
  store: ZendeskStore,
  given: NewComment,
  { record, actor, audit }: Place,
): Comment {
  const author = store.users.get(given.author_id)
  const words = { store, record, currentUser: actor.user }
  // Only agents' comments have their placeholders filled.
  const fill = (text: string) => (isStaff(author) ? fillPlaceholders(text, words) : text)
  const source = {
    ...(given.body === undefined ? {} : { body: fill(given.body) }),
    ...(given.html_body === undefined ? {} : { html_body: fill(given.html_body) }),
  }
  const comment: Comment = {
    id: store.nextId(),
    type: 'Comment',
    author_id: given.author_id,
    ...toCommentText(source, { isStaff: isStaff(author) }),
    public: given.public,
    attachments: takeUploads(store, given.uploads ?? []),
    audit_id: audit.id,
    via: audit.via,
    created_at: audit.created_at,
    metadata: audit.metadata,
  }
  record.comments.push(comment)
  const { created_at: _createdAt, metadata: _metadata, ...event } = comment
  audit.events.push(event)
  if (given.public) record.ticket = { ...record.ticket, is_public: true }
  if (record.comments.length === 1) {
    record.ticket = { ...record.ticket, description: comment.plain_body }
  }
  return comment
}

/** Metadata as comments show it; whether `custom` appears there is a doubt of its own. */
export function commentMetadata({ metadata }: Comment, doubts: ZendeskDoubts): Metadata {
  return doubts.commentShowsCustomMetadata() === 'on' ? metadata : { ...metadata, custom: {} }
}
