import { CONVERSATION_STATES } from './conversation-states.ts'
import { HOW_IT_FAILED, REPORT, STILL_FAILING } from './overview-failing.ts'
import type { Tx } from './records.ts'
import { type SearchTerm, searchTerms } from './search.ts'

/** A conversation as a list shows it. Times are ISO 8601. */
export type ConversationSummary = {
  readonly id: string
  readonly bridge: string
  readonly channel: string
  readonly brandNumber: string
  readonly customerNumber: string | null
  readonly customerName: string | null
  readonly customerEmail: string | null
  readonly profileId: string | null
  readonly ticketId: string | null
  readonly ticketStatus: string | null
  readonly lastActivityAt: string
  readonly zendeskAddress: string
  readonly klaviyoAddress: string
  /** What the oldest unfinished work waits for; '' when it only stands in line; null when nothing is unfinished. */
  readonly waitingFor: string | null
  /** What failed last and waits for a person, and why as far as it was said. */
  readonly failing: {
    readonly kind: string
    readonly what: string
    readonly why: string | null
    /** Klaviyo's report on a text that did not arrive, as it came. */
    readonly report: unknown
  } | null
  /** The customer's last text that was decided on, and the reason of that decision. */
  readonly lastText: {
    readonly reason: string | null
    readonly source: string
    readonly payload: unknown
  } | null
}

export type ConversationSearch = {
  readonly search: string
  readonly bridge: string | null
  readonly state: keyof typeof CONVERSATION_STATES | null
  /** The `cursor` of the last row that the caller has. */
  readonly before: { readonly at: string; readonly id: string } | null
  readonly limit: number
}

const ACTIVITY = 'coalesce(c.last_activity_at, c.created_at)'
const DIGITS = String.raw`regexp_replace(c.customer_number, '\D', '', 'g')`
const LAST_NAME = String.raw`lower(regexp_replace(c.customer_name, '^.*\s', ''))`
const ALL_BRIDGES = 'any(array(select id from bridges))'

/** Unfinished and set-aside work by customer: what is not decided yet belongs to no conversation. */
const OF_CUSTOMER = 'coalesce(w.conversation_id = c.id, e.customer_id = c.customer_id)'

const COLUMNS = `c.id, b.name as bridge, c.channel, c.brand_number as "brandNumber", c.customer_number as "customerNumber",
  c.customer_name as "customerName", c.customer_email as "customerEmail", c.profile_id as "profileId",
  c.ticket_id as "ticketId", t.status as "ticketStatus", to_json(${ACTIVITY}) #>> '{}' as "lastActivityAt",
  z.base_url as "zendeskAddress", k.base_url as "klaviyoAddress",
  (select coalesce(w.waiting_for, '') from work_items w join events e on e.id = w.event_id
   where e.customer_id = c.customer_id and w.state in ('open', 'decided') and ${OF_CUSTOMER}
   order by w.waiting_for is null, w.created_at limit 1) as "waitingFor",
  (select json_build_object('kind', kind, 'what', what, 'why', why, 'report', report) from (
     select f.id, f.kind, ${HOW_IT_FAILED} as what, f.reason as why, ${REPORT} as report
     from effects f join work_items w on w.id = f.work_item_id where w.conversation_id = c.id and ${STILL_FAILING}
     union all
     select w.id, w.about, 'set_aside', w.error, null from work_items w join events e on e.id = w.event_id
     where e.customer_id = c.customer_id and w.state = 'set_aside' and ${OF_CUSTOMER}
   ) f order by what = 'unknown', id desc limit 1) as failing,
  (select json_build_object('reason', w.reason, 'source', e.source, 'payload', e.payload)
   from events e join work_items w on w.event_id = e.id
   where e.customer_id = c.customer_id and e.kind = 'customer_message' and w.conversation_id = c.id
   order by e.id desc limit 1) as "lastText"`
const JOINS = `join bridges b on b.id = c.bridge_id
  join connections z on z.id = b.zendesk_id join connections k on k.id = b.klaviyo_id
  left join tickets t on t.bridge_id = c.bridge_id and t.ticket_id = c.ticket_id`

/** The conversations that a search names, newest activity first. */
export async function searchConversations(
  tx: Tx,
  wanted: ConversationSearch,
): Promise<readonly ConversationSummary[]> {
  const values: unknown[] = []
  const put = (value: unknown) => `$${values.push(value)}`
  const conditions = conditionsOf(wanted, put)
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`
  const { rows } = await tx.query<ConversationSummary>(
    `with page as (select c.id from conversations c ${where} order by ${ACTIVITY} desc, c.id desc limit ${put(wanted.limit)})
     select ${COLUMNS} from page p join conversations c on c.id = p.id ${JOINS} order by ${ACTIVITY} desc, c.id desc`,
    values,
  )
  return rows
}

/** One conversation as the list shows it; null when there is none of this id. */
export async function findSummary(tx: Tx, id: string): Promise<ConversationSummary | null> {
  const { rows } = await tx.query<ConversationSummary>(
    `select ${COLUMNS} from conversations c ${JOINS} where c.id = $1`,
    [id],
  )
  return rows[0] ?? null
}

type Put = (value: unknown) => string

function conditionsOf(wanted: ConversationSearch, put: Put): readonly string[] {
  const { search, bridge, state, before } = wanted
  const terms = searchTerms(search)
  return [
    ...(search.trim() === '' ? [] : [anyOf(terms.map((term) => termCondition(term, put)))]),
    ...(bridge === null
      ? []
      : [`c.bridge_id = (select id from bridges where name = ${put(bridge)})`]),
    ...(state === null ? [] : [CONVERSATION_STATES[state]]),
    ...(before === null
      ? []
      : [`(${ACTIVITY}, c.id) < (${put(before.at)}::timestamptz, ${put(before.id)}::uuid)`]),
  ]
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`
}

function termCondition(term: SearchTerm, put: Put): string {
  switch (term.kind) {
    case 'email':
      return `lower(c.customer_email) like ${put(`${escapeLike(term.start)}%`)}`
    case 'phone': {
      const back = [...term.digits].reverse().join('')
      return `(${DIGITS} like ${put(`${term.digits}%`)} or reverse(${DIGITS}) like ${put(`${back}%`)})`
    }
    case 'name': {
      const starts = [term.start, capitalised(term.start)].map(
        (start) => `lower(${put(escapeLike(start))}) || '%'`,
      )
      return anyOf(
        starts.flatMap((start) =>
          ['lower(c.customer_name)', LAST_NAME].map((name) => `${name} like ${start}`),
        ),
      )
    }
    case 'ticket':
      return `c.id = any(array(select conversation_id from tickets
        where bridge_id = ${ALL_BRIDGES} and ticket_id = ${put(term.id)} and conversation_id is not null))`
    case 'profile':
      return `c.customer_id = any(array(select customer_id from aliases
        where bridge_id = ${ALL_BRIDGES} and kind = 'profile' and value = ${put(term.id)}))`
  }
}

/** A database of the plain locale lowers no letter but A to Z: a name's Å stays as it was written. */
function capitalised(text: string): string {
  return text.replace(/(?<!\S)\S/gu, (letter) => letter.toUpperCase())
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}
