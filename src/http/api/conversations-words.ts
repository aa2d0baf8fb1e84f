import { parseStored } from '../../engine/translate-klaviyo.ts'
import { parseZendeskEvent } from '../../zendesk/webhook/parse.ts'

/** What an event said, read again from its stored payload. */
export type Words = {
  /** The message's own text; null when the event holds none. */
  readonly text: string | null
  readonly from: 'customer' | 'agent' | 'note' | 'brand' | null
  /** One more fact of its kind: a ticket's status, a failure, who it went to. */
  readonly detail: string | null
}

const NONE: Words = { text: null, from: null, detail: null }

/** Reads a stored event for its words. Never throws: what cannot be read again says nothing. */
export function wordsOf(event: { readonly source: string; readonly payload: unknown }): Words {
  switch (event.source) {
    case 'klaviyo':
      return klaviyoWords(event.payload)
    case 'zendesk':
      return zendeskWords(event.payload)
    default:
      return ownWords(event.payload)
  }
}

/** Klaviyo's word for why a text did not arrive, from its report as it came. */
export function failureIn(report: unknown): string | null {
  return report === null ? null : klaviyoWords(report).detail
}

function klaviyoWords(payload: unknown): Words {
  const event = parseStored(payload)
  switch (event.kind) {
    case 'customer_message':
      return { text: event.body, from: 'customer', detail: event.to }
    case 'message_delivered':
    case 'auto_response_delivered':
      return { text: event.body, from: 'brand', detail: event.marketing?.campaignName ?? null }
    case 'message_failed':
      return { text: event.body, from: 'brand', detail: event.failureType }
    case 'unreadable':
      return { ...NONE, detail: event.problem }
    default:
      return NONE
  }
}

function zendeskWords(payload: unknown): Words {
  const event = parseZendeskEvent(payload)
  switch (event.kind) {
    case 'comment_added':
      return { text: event.comment.body, from: writerOf(event.comment), detail: null }
    case 'ticket_status_changed':
      return { ...NONE, detail: event.current }
    case 'ticket_created':
      return { ...NONE, detail: event.ticket.subject }
    case 'ticket_merged':
      return { ...NONE, detail: event.intoTicketId }
    case 'unreadable':
      return { ...NONE, detail: event.problem }
    default:
      return NONE
  }
}

function writerOf(comment: {
  readonly isPublic: boolean
  readonly authorIsStaff: boolean | null
}): Words['from'] {
  if (!comment.isPublic) return 'note'
  return comment.authorIsStaff === false ? 'customer' : 'agent'
}

/** Our own events tell what became of a text. */
function ownWords(payload: unknown): Words {
  const { textStart, why } = Object(payload) as { textStart?: unknown; why?: unknown }
  return {
    text: typeof textStart === 'string' ? textStart : null,
    from: null,
    detail: typeof why === 'string' && why !== '' ? why : null,
  }
}
