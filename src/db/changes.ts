import type { Tx } from './records.ts'

/** How much unfinished work is looked at from each end: the rest moves only when these do, or attempts are made. */
const SAMPLE = 100

const UNFINISHED = (order: string) =>
  `(select id, state, reason, waiting_for, waiting_until, failures from work_items
    where state in ('open', 'decided') order by created_at ${order}, id ${order} limit ${SAMPLE})`

/**
 * A mark that differs whenever something was stored, decided, tried, finished or done by a person, or
 * a connection or bridge changed. Costs a few index look-ups, however large the tables are.
 */
export async function findChangeMark(tx: Tx): Promise<string> {
  const { rows } = await tx.query<{ mark: string }>(
    `select concat_ws(' ',
       (select id from events order by id desc limit 1),
       (select id from attempts order by id desc limit 1),
       (select id from interventions order by id desc limit 1),
       (select md5(string_agg(u::text, ',')) from (select * from ${UNFINISHED('asc')} a union all select * from ${UNFINISHED('desc')} z) u),
       (select md5(string_agg(concat_ws(' ', id, account_name, state, state_reason, paused_at, down_since), ',' order by id)) from connections),
       (select md5(string_agg(concat_ws(' ', id, name, settings::text, activated_at), ',' order by id)) from bridges)
     ) as mark`,
  )
  return rows[0]?.mark ?? ''
}
