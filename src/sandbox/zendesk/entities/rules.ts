/** What an account does by itself, as on the wire: snake_case, numeric ids, times without milliseconds. */

export type RuleCondition = { field: string; operator: string; value: unknown }

export type RuleAction = { field: string; value: unknown }

export type Rule = {
  id: number
  title: string
  description: string | null
  active: boolean
  position: number
  conditions: { all: RuleCondition[]; any: RuleCondition[] }
  actions: RuleAction[]
  created_at: string
  updated_at: string
}

/** A view keeps no actions; the empty list makes it a rule like the others. */
export type View = Rule & {
  output: Record<string, unknown>
  restriction: unknown
}

export type Macro = { id: number; title: string; active: boolean; actions: RuleAction[] }

/** What a trigger sent to somebody, as `GET /control/emails` shows it. */
export type SentEmail = {
  to: string
  subject: string
  body: string
  ticketId: number
  rule: string
  at: string
}
