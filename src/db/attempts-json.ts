/** One try at an effect, as operators see it. Times are ISO 8601. */
export type AttemptStory = {
  readonly startedAt: string
  readonly endedAt: string | null
  readonly outcome: string | null
  readonly status: number | null
  readonly detail: string | null
  /** What went over the wire when a platform refused, secrets taken out; null for any other attempt. */
  readonly exchange: unknown
}

/** SQL for the attempts at the effect `f`, oldest first. */
export const ATTEMPTS = `(select coalesce(json_agg(json_build_object('startedAt', a.started_at, 'endedAt', a.ended_at,
  'outcome', a.outcome, 'status', a.status, 'detail', a.detail, 'exchange', a.exchange) order by a.started_at, a.id), '[]')
  from attempts a where a.effect_id = f.id)`

/** SQL for what people did about the work item `w`, oldest first. */
export const INTERVENTIONS = `(select coalesce(json_agg(json_build_object('action', v.action, 'who', v.who, 'note', v.note,
  'at', v.at, 'effectId', v.effect_id) order by v.at, v.id), '[]') from interventions v where v.work_item_id = w.id)`

export type InterventionStory = {
  readonly action: 'retry' | 'edit' | 'discard' | 'replay'
  readonly who: string
  readonly note: string | null
  readonly at: string
  readonly effectId: string | null
}
