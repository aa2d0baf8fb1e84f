import type { ConditionGroups } from '../conditions/condition-body.ts'
import type { ValueFilter } from '../conditions/value-filter.ts'

export const FLOW_STATUSES = ['draft', 'manual', 'live'] as const
export type FlowStatus = (typeof FLOW_STATUSES)[number]
export type ActionStatus = FlowStatus | 'disabled'

/** Conditions on the event that starts a flow: all groups, any one of a group [I]. */
export type TriggerFilter = readonly {
  readonly conditions: readonly { readonly field: string; readonly filter: ValueFilter }[]
}[]

type ActionBase = {
  readonly id: string
  /** The action that follows, by its id. */
  readonly next: string | null
}

export type WebhookMessage = {
  readonly id: string
  readonly name: string | null
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `definition` is the message as it was given, with its id. */
export type SmsMessage = {
  readonly id: string
  readonly body: string
  readonly addsOrgPrefix: boolean
  readonly definition: Readonly<Record<string, unknown>>
}

export type FlowAction = ActionBase &
  (
    | { readonly type: 'send-webhook'; status: ActionStatus; readonly message: WebhookMessage }
    | { readonly type: 'send-sms'; status: ActionStatus; readonly message: SmsMessage }
    | {
        readonly type: 'time-delay'
        readonly waitMs: number
        readonly definition: Readonly<Record<string, unknown>>
      }
  )

/** A flow that one metric starts. */
export type Flow = {
  readonly id: string
  readonly name: string
  status: FlowStatus
  readonly createdAt: number
  updatedAt: number
  readonly metricId: string
  readonly triggerFilter: TriggerFilter | null
  readonly profileFilter: ConditionGroups | null
  readonly actions: readonly FlowAction[]
  readonly entryActionId: string
  /** How long after an entry the same profile may not enter again; null: never again. */
  readonly reentry:
    | { readonly kind: 'not given' }
    | { readonly kind: 'given'; readonly duration: number; readonly unit: ReentryUnit }
  /** When each profile entered last, by its id. */
  readonly entries: Map<string, number>
}

export const REENTRY_UNITS = ['hour', 'day', 'week', 'alltime'] as const
export type ReentryUnit = (typeof REENTRY_UNITS)[number]
