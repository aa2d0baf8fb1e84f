/**
 * SQL for "this effect `f` failed and still waits for a person": a refusal that led to another decision
 * does not, nor does a text after which a later one of the same conversation went out; its agent was told.
 */
export const STILL_FAILING = `((f.state in ('gave_up', 'unknown') or f.delivery = 'failed')
  and coalesce(f.reason, '') not in ('ticket_closed', 'ticket_gone', 'user_gone')
  and not (f.kind = 'send_text' and exists (
    select 1 from effects later where later.bridge_id = f.bridge_id and later.profile_id = f.profile_id
      and later.conversation_id = f.conversation_id and later.id > f.id
      and later.state = 'done' and later.delivery is distinct from 'failed')))`
