import { STILL_FAILING } from './overview-failing.ts'

/** Only as many as a person could look through; the newest. */
const MOST_STATES = 5_000
const WAITING = `c.customer_id = any(array(select e.customer_id from work_items w join events e on e.id = w.event_id
  where w.state in ('open', 'decided') and e.customer_id is not null order by w.created_at limit ${MOST_STATES}))`
const withEffect = (condition: string) =>
  `c.id = any(array(select w.conversation_id from effects f join work_items w on w.id = f.work_item_id
    where ${STILL_FAILING} and ${condition} and w.conversation_id is not null order by w.id desc limit ${MOST_STATES}))`

/** SQL for "the conversation `c` is in this state", by the states that a list can be narrowed to. */
export const CONVERSATION_STATES = {
  waiting: WAITING,
  unknown: withEffect("f.state = 'unknown'"),
  no_ticket: `c.ticket_id is null and not ${WAITING}`,
  failed: `(${withEffect("f.state <> 'unknown'")}
    or c.customer_id = any(array(select e.customer_id from work_items w join events e on e.id = w.event_id
      where w.state = 'set_aside' and e.customer_id is not null order by w.id desc limit ${MOST_STATES})))`,
} as const
