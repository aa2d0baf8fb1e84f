import { createRoute, z } from '@hono/zod-openapi'
import { badRequest, json, time, unauthorised } from './answers.ts'
import { standsSchema } from './connections-contract.ts'

/*
 * The overview: is everything connected, is anything stuck, and when did the last message cross.
 */

const connectionSchema = z.object({
  id: z.string(),
  platform: z.enum(['zendesk', 'klaviyo']),
  account: z.string(),
  address: z.string(),
  state: z.enum(['ready', 'reconnect']),
  stateReason: z.string().nullable(),
  stands: standsSchema.nullable().openapi({ description: 'Not called right now, and why' }),
})

export const lastTextSchema = z
  .object({
    at: time,
    eventId: z.string(),
    conversationId: z.string().nullable(),
    state: z.enum(['fine', 'waiting', 'failed', 'unknown']),
    says: z.string().openapi({ description: 'How it ended, as a sentence' }),
  })
  .openapi('LastText')

export const bridgeSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    isActive: z.boolean(),
    connections: z.array(connectionSchema),
    lastReceived: lastTextSchema.nullable(),
    lastSent: lastTextSchema.nullable(),
    waiting: z.array(
      z.object({
        for: z.string(),
        isInLine: z
          .boolean()
          .openapi({ description: 'Without a reason of its own: behind other work, or under way' }),
        count: z.number(),
        oldestAt: time,
        oldestEventId: z.string(),
      }),
    ),
    failing: z.array(
      z.object({
        what: z.enum(['set_aside', 'gave_up', 'unknown', 'undelivered']),
        count: z.number(),
      }),
    ),
    texts: z
      .object({
        received: z.number().openapi({ description: 'Texts of customers' }),
        sent: z.number().openapi({ description: 'Answers that went out' }),
        failed: z.number().openapi({ description: 'Answers that did not' }),
      })
      .openapi({ description: 'Since `since`' }),
    campaigns: z
      .array(
        z.object({
          origin: z.string(),
          name: z.string().nullable(),
          lastAt: time,
          counts: z.array(
            z.object({
              reason: z.string(),
              says: z.string().openapi({ description: 'What the reason means' }),
              count: z.number(),
            }),
          ),
        }),
      )
      .openapi({
        description:
          'Campaigns and flows of which texts arrived since `since`, the latest five, with all that was counted of them',
      }),
    events: z.number().openapi({ description: 'Taken in since `since`' }),
  })
  .openapi('BridgeOverview')

export const getOverview = createRoute({
  method: 'get',
  path: '/overview',
  summary: 'Every bridge: its connections, its last messages, what waits and what failed',
  security: [{ bearer: [] }],
  request: {
    query: z.object({
      since: z.iso
        .datetime({ offset: true })
        .optional()
        .openapi({ description: 'From when events are counted; a day ago unless given' }),
    }),
  },
  responses: {
    200: json(
      z.object({
        isSandbox: z
          .boolean()
          .openapi({ description: 'Both platforms are emulated: nothing sends real texts' }),
        bridges: z.array(bridgeSchema),
      }),
      'By name',
    ),
    400: badRequest,
    401: unauthorised,
  },
})
