import { createRoute, z } from '@hono/zod-openapi'
import { settingsSchema } from '../../connections/settings.ts'
import { badRequest, json, notFound, unauthorised } from './answers.ts'

/*
 * The operator API's contract for bridges: which there are, what was chosen, and how to choose.
 */

/** As asked: what is left out has its default. */
const choices = settingsSchema.omit({ name: true })

/** As answered: nothing is left out but what was not chosen. */
const chosen = z
  .object({
    tickets: z.object({
      brands: z.union([z.literal('all'), z.array(z.string())]),
      resolvedOn: z.literal('closed'),
    }),
    sms: z.object({
      enabled: z.boolean(),
      brand: z.string().optional(),
      routes: z.array(
        z.object({
          number: z.string(),
          brand: z.string().optional(),
          tags: z.array(z.string()),
        }),
      ),
      tags: z.array(z.string()),
      keywords: z.object({ subscribe: z.array(z.string()), automation: z.array(z.string()) }),
      keywordHoldSeconds: z.number(),
    }),
    mirror: z.object({ campaigns: z.enum(['while_open', 'off']), inboxReplies: z.boolean() }),
  })
  .openapi('Choices')

export const bridgeSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    isActive: z.boolean().openapi({ description: 'Whether its set-up was completed once' }),
    zendeskId: z.string().openapi({ description: "The connection's id" }),
    klaviyoId: z.string().openapi({ description: "The connection's id" }),
    settings: chosen,
    connections: z.array(
      z.object({
        platform: z.string(),
        account: z.string(),
        state: z.string(),
        stateReason: z.string().nullable(),
      }),
    ),
  })
  .openapi('Bridge')
const nameParam = z.object({ name: settingsSchema.shape.name })

export const getBridges = createRoute({
  method: 'get',
  path: '/bridges',
  summary: 'The bridges, what was chosen for them, and the state of their connections',
  security: [{ bearer: [] }, { session: [] }],
  responses: {
    200: json(z.object({ bridges: z.array(bridgeSchema) }), 'By name'),
    401: unauthorised,
  },
})
export const deleteBridge = createRoute({
  method: 'delete',
  path: '/bridges/{name}',
  summary: 'Remove a bridge, all that was kept for it, and its webhooks',
  description:
    'Accounts that no other bridge uses are forgotten. Nothing is deleted in Zendesk or Klaviyo.',
  security: [{ bearer: [] }, { session: [] }],
  request: { params: nameParam },
  responses: {
    200: json(
      z.object({
        left: z
          .array(z.string())
          .openapi({ description: 'What a platform did not let go, and why' }),
      }),
      'Removed',
    ),
    401: unauthorised,
    404: notFound,
  },
})
export const putBridge = createRoute({
  method: 'put',
  path: '/bridges/{name}',
  summary: 'Make a bridge between two connections, or change what was chosen for it',
  description:
    'Idempotent. Sees to both webhooks too. Nothing is written while anything is wrong, and all of it is named.',
  security: [{ bearer: [] }, { session: [] }],
  request: {
    params: nameParam,
    query: z.object({
      dryRun: z
        .enum(['true', 'false'])
        .default('false')
        .openapi({ description: 'Only say what would change' }),
    }),
    body: {
      required: true,
      ...json(choices.extend({ zendeskId: z.uuid(), klaviyoId: z.uuid() }), 'What is chosen'),
    },
  },
  responses: {
    200: json(
      z.object({
        bridgeId: z.string(),
        changes: z.array(z.string()),
        notices: z.array(z.string()),
      }),
      'What was changed, or would be',
    ),
    400: badRequest,
    401: unauthorised,
    404: notFound,
    422: json(
      z.object({ error: z.string(), problems: z.array(z.string()) }),
      'Why it cannot be done, every reason',
    ),
  },
})
