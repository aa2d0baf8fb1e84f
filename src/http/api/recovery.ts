import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Tx } from '../../db/records.ts'
import { listEventIds, listFailingIds } from '../../db/recovery-lists.ts'
import {
  type Actor,
  discardProblem,
  type Recovered,
  type RecoveryDeps,
  retryProblem,
} from '../../engine/recovery/recover.ts'
import { recoverMany, replayEvent } from '../../engine/recovery/recover-many.ts'
import { RECOVERY_REFUSALS } from '../../engine/recovery/refusals.ts'
import type { EventId } from '../../kernel/ids.ts'
import { toIso } from '../../kernel/instant.ts'
import { nameOf } from '../authenticate.ts'
import {
  type Many,
  postDiscard,
  postDiscards,
  postReplay,
  postReplays,
  postRetries,
  postRetry,
} from './recovery-contract.ts'

export type RecoveryApiDeps = { readonly db: Tx; readonly recovery: RecoveryDeps }

/** Retry, edit, discard and replay. Each is recorded with who asked; no platform is called here. */
export function mountRecovery(api: OpenAPIHono, { db, recovery }: RecoveryApiDeps): void {
  api.openapi(postRetry, async (context) => {
    const { note, ...wish } = context.req.valid('json')
    const by = { who: nameOf(context.var.operator), note }
    const { id } = context.req.valid('param')
    return answer(context, await retryProblem(recovery, id, by, wish))
  })
  api.openapi(postDiscard, async (context) => {
    const by = { who: nameOf(context.var.operator), ...context.req.valid('json') }
    return answer(context, await discardProblem(recovery, context.req.valid('param').id, by))
  })
  api.openapi(postReplay, async (context) => {
    const by = { who: nameOf(context.var.operator), ...context.req.valid('json') }
    const id = context.req.valid('param').id as EventId
    return answer(context, await replayEvent(recovery, id, by, true))
  })

  const many = createMany(recovery)
  api.openapi(postRetries, async (context) => {
    const asked = context.req.valid('json')
    if (!isNarrowed(asked)) return context.json({ error: NOT_NARROWED }, 400)
    const by = { who: nameOf(context.var.operator), note: asked.note }
    const ids = asked.ids ?? (await listFailingIds(db, amongOf(asked)))
    return context.json(await many(asked, ids, (id) => retryProblem(recovery, id, by)), 200)
  })
  api.openapi(postDiscards, async (context) => {
    const asked = context.req.valid('json')
    if (!isNarrowed(asked)) return context.json({ error: NOT_NARROWED }, 400)
    const by = { who: nameOf(context.var.operator), note: asked.note }
    const ids = asked.ids ?? (await listFailingIds(db, amongOf(asked)))
    return context.json(await many(asked, ids, (id) => discardProblem(recovery, id, by)), 200)
  })
  api.openapi(postReplays, async (context) => {
    const asked = context.req.valid('json')
    if (!isNarrowed(asked)) return context.json({ error: NOT_NARROWED }, 400)
    const by: Actor = { who: nameOf(context.var.operator), note: asked.note }
    const isAsked = asked.ids !== undefined
    const ids = (asked.ids ?? (await listEventIds(db, amongOf(asked)))) as readonly EventId[]
    return context.json(await many(asked, ids, (id) => replayEvent(recovery, id, by, isAsked)), 200)
  })
}

const NOT_NARROWED = 'ids, since: name what is meant, or from when on'

/** Everything there ever was is never meant by leaving something out. */
function isNarrowed({ ids, since }: Many): boolean {
  return ids !== undefined || since !== undefined
}

function amongOf({ bridge, since, until, after, limit }: Many) {
  return {
    limit,
    bridge: bridge ?? null,
    since: since ?? null,
    until: until ?? null,
    after: after ?? null,
  }
}

function createMany({ clock }: RecoveryDeps) {
  return async <Id extends string>(
    asked: Many,
    ids: readonly Id[],
    recoverOne: (id: Id) => Promise<Recovered>,
  ) => {
    const { done, left } = await recoverMany(ids, recoverOne)
    const isFull = asked.ids === undefined && ids.length === asked.limit
    return {
      looked: ids.length,
      done,
      left: left.map(({ id, why }) => ({ id, why, says: RECOVERY_REFUSALS[why] })),
      next: isFull ? (ids.at(-1) ?? null) : null,
      at: toIso(clock.now()),
    }
  }
}

function answer(context: Context, recovered: Recovered) {
  if (recovered.ok) return context.json({ done: true } as const, 200)
  const why = recovered.problem
  const error = RECOVERY_REFUSALS[why]
  return why === 'not_found'
    ? context.json({ error }, 404)
    : context.json({ error: error as string, why: why as string }, 409)
}
