/**
 * SQL for "this effect `f` failed and still waits for a person": a refusal that led to another decision
 * does not, nor does a text after which a later one of the same conversation went out; its agent was told.
 * A text of which nothing is known waits for Klaviyo's report first, and for a person once its agent was told.
 */
export const STILL_FAILING = `((f.state in ('gave_up', 'unknown') or f.delivery = 'failed')
  and (f.state <> 'unknown' or f.kind <> 'send_text' or f.reason = 'told_unknown')
  and f.dismissed_at is null
  and coalesce(f.reason, '') not in ('ticket_closed', 'ticket_gone', 'user_gone')
  and not (f.kind = 'send_text' and exists (
    select 1 from effects later where later.bridge_id = f.bridge_id and later.profile_id = f.profile_id
      and later.conversation_id = f.conversation_id and later.id > f.id
      and later.state = 'done' and later.delivery is distinct from 'failed')))`

/** SQL for how the effect `f` failed. */
export const HOW_IT_FAILED = `case when f.delivery = 'failed' then 'undelivered' else f.state end`

/** SQL for Klaviyo's report on the text `f`, as it came; null without one. */
export const REPORT = `(select r.payload from events r where f.delivery_event_id is not null
  and r.remote_id = f.delivery_event_id and r.bridge_id = f.bridge_id limit 1)`
