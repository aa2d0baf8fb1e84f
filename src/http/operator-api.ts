import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { REASONS } from '../conversations/reasons.ts'
import { type EventStory, findStories, listFailures, listStories } from '../db/readback.ts'
import { mountBridges } from './api/bridges.ts'
import { mountChanges } from './api/changes.ts'
import type { ChangesWatch } from './api/changes-watch.ts'
import { type ConnectionsDeps, mountConnections, mountPauses } from './api/connections.ts'
import { mountConversations } from './api/conversations.ts'
import { stepRemedy, stepSentence } from './api/conversations-steps.ts'
import { type DoctorApiDeps, mountDoctor } from './api/doctor.ts'
import { told } from './api/intervention-words.ts'
import { mountOverview, type OverviewDeps } from './api/overview.ts'
import { mountProblems } from './api/problems.ts'
import { mountRecovery, type RecoveryApiDeps } from './api/recovery.ts'
import { mountSession } from './api/session.ts'
import { type AccessDeps, authenticate } from './authenticate.ts'
import { type eventSchema, getEvent, getEvents, getFailures } from './operator-contract.ts'
import { SESSION_COOKIE } from './session-cookie.ts'

export type OperatorApiDeps = OverviewDeps &
  ConnectionsDeps &
  DoctorApiDeps &
  RecoveryApiDeps & {
    readonly access: AccessDeps
    readonly changes: ChangesWatch
  }

/** More than any form sends. */
const MAX_BODY_BYTES = 64 * 1024

/** The operator API, for signed-in people and for programs with a token. Its contract is at `/api/openapi.json`. */
export function createOperatorApi(deps: OperatorApiDeps): OpenAPIHono {
  const { db } = deps
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
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
  })
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Replyline operator API', version: '0.1.0' },
  })

  api.use('*', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLarge }))
  api.use('*', authenticate(deps.access))
  mountSession(api, deps.access)
  mountOverview(api, deps)
  mountConversations(api, deps)
  mountProblems(api, deps)
  mountRecovery(api, deps)
  mountChanges(api, deps)
  mountConnections(api, deps)
  mountPauses(api, deps)
  mountBridges(api, deps)
  mountDoctor(api, deps)

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
  return api
}

function tooLarge(context: Context): Response {
  return context.json({ error: `the body is larger than ${MAX_BODY_BYTES} bytes` }, 413)
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
      interventions: told(work.interventions),
      effects: work.effects.map((effect) => ({
        ...effect,
        says: stepSentence(effect),
        remedy: stepRemedy(effect),
        result: effect.result,
        attempts: [...effect.attempts],
      })),
    })),
  }
}
