import type { Effect } from '../db/records.ts'
import { assertNever } from '../kernel/brand.ts'
import { klaviyoDraws } from '../klaviyo/limit-draws.ts'
import type { Draw } from '../outbound/limiter.ts'
import { zendeskDraws } from '../zendesk/limit-draws.ts'

/** What an effect's main call will draw, so that one which cannot go now need not begin. */
export function effectDraws(effect: Effect): readonly Draw[] {
  switch (effect.kind) {
    case 'ensure_end_user':
      return zendeskDraws('GET', '/api/v2/search')
    case 'create_ticket':
      return zendeskDraws('POST', '/api/v2/tickets')
    case 'add_comment':
      return zendeskDraws('PUT', `/api/v2/tickets/${effect.ticketId}`)
    case 'add_note':
      return effect.ticket.kind === 'known'
        ? zendeskDraws('PUT', `/api/v2/tickets/${effect.ticket.ticketId}`)
        : zendeskDraws('GET', '/api/v2/tickets')
    case 'send_text':
      return klaviyoDraws('create_conversation_message')
    case 'record_event':
      return klaviyoDraws('create_event')
    default:
      return assertNever(effect)
  }
}

export function isForKlaviyo({ kind }: Effect): boolean {
  return kind === 'send_text' || kind === 'record_event'
}
