import { createHash } from 'node:crypto'
import { OpenAPIHono, type z } from '@hono/zod-openapi'
import { REASONS } from '../conversations/reasons.ts'
import { isApiToken } from '../db/api-token-store.ts'
import { listBridges } from '../db/bridge-store.ts'
import { listConnections } from '../db/connection-store.ts'
import { type EventStory, findStories, listFailures, listStories } from '../db/readback.ts'
import type { Tx } from '../db/records.ts'
import {
  type bridgesSchema,
  type eventSchema,
  getBridges,
  getEvent,
  getEvents,
  getFailures,
} from './operator-contract.ts'

/** The operator API: reads for now, by bearer token. Its contract is at `/api/openapi.json`. */
export function createOperatorApi(db: Tx): OpenAPIHono {
  const api = new OpenAPIHono({
    defaultHook: (result, context) =>
      result.success
        ? undefined
        : context.json(
            {
              error: result.error.issues
                .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
                .join('; '),
            },
            400,
          ),
  }).basePath('/api')
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
  })
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Replyline operator API', version: '0.1.0' },
  })

  api.use('*', async (context, next) => {
    if (context.req.path === '/api/openapi.json') return next()
    const token = /^Bearer (\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
    if (token === undefined || !(await isApiToken(db, hashToken(token))))
      return context.json(
        { error: 'a bearer token is needed: make one with "replyline token create"' },
        401,
      )
    return next()
  })

  api.openapi(getEvents, async (context) => {
    const query = context.req.valid('query')
    return context.json(
      {
        events: (await listStories(db, { limit: query.limit, before: query.before ?? null })).map(
          explained,
        ),
      },
      200,
    )
  })
  api.openapi(getEvent, async (context) => {
    const stories = await findStories(db, context.req.valid('param').id)
    return stories.length === 0
      ? context.json({ error: 'no event has this id' }, 404)
      : context.json({ events: stories.map(explained) }, 200)
  })
  api.openapi(getFailures, async (context) =>
    context.json(
      { events: (await listFailures(db, context.req.valid('query').limit)).map(explained) },
      200,
    ),
  )
  api.openapi(getBridges, async (context) =>
    context.json({ bridges: await describeBridges(db) }, 200),
  )
  return api
}

/** Tokens are kept as hashes; a token has 256 random bits, so a plain hash is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Adds to each reason what it says and what would change it. */
function explained(story: EventStory): z.infer<typeof eventSchema> {
  const sentence = (reason: string | null) =>
    reason !== null && Object.hasOwn(REASONS, reason)
      ? REASONS[reason as keyof typeof REASONS]
      : null
  return {
    ...story,
    work: story.work.map((work) => ({
      ...work,
      says: sentence(work.reason)?.says ?? null,
      remedy: sentence(work.reason)?.remedy ?? null,
      effects: work.effects.map((effect) => ({
        ...effect,
        result: effect.result,
        attempts: [...effect.attempts],
      })),
    })),
  }
}

async function describeBridges(db: Tx): Promise<z.infer<typeof bridgesSchema>['bridges']> {
  const rows = await listBridges(db)
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      name: row.name,
      isActive: row.activatedAt !== null,
      connections: (await listConnections(db, row.id)).map(
        ({ platform, accountName, state, stateReason }) => ({
          platform,
          account: accountName,
          state,
          stateReason,
        }),
      ),
    })),
  )
}
