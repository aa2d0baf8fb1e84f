import { createRoute, z } from '@hono/zod-openapi'
import { attemptSchema, interventionSchema } from './api/conversations-contract.ts'

/*
 * The operator API's contract: paths, parameters and answers. The OpenAPI document is made of it.
 */

const effectSchema = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  says: z.string().openapi({ description: 'What became of it, as a sentence' }),
  remedy: z.string().nullable().openapi({ description: 'What a person can do where it failed' }),
  result: z.unknown(),
  delivery: z.string().nullable(),
  isDismissed: z.boolean().openapi({ description: 'A person has dealt with its failure' }),
  attempts: z.array(attemptSchema),
})
const workSchema = z.object({
  id: z.string(),
  about: z.string(),
  lane: z.string(),
  conversationId: z.string().nullable(),
  state: z.string(),
  reason: z.string().nullable(),
  says: z.string().nullable().openapi({ description: 'The reason as a sentence' }),
  remedy: z
    .string()
    .nullable()
    .openapi({ description: 'What would change it; null when nothing needs to' }),
  waitingFor: z.string().nullable(),
  waitingUntil: z.string().nullable(),
  error: z.string().nullable(),
  interventions: z.array(interventionSchema),
  effects: z.array(effectSchema),
})
export const eventSchema = z
  .object({
    id: z.string(),
    bridge: z.string(),
    source: z.string(),
    kind: z.string(),
    remoteId: z.string(),
    ticketId: z.string().nullable(),
    eventAt: z.string(),
    receivedAt: z.string(),
    work: z.array(workSchema),
  })
  .openapi('Event')
const eventsSchema = z.object({ events: z.array(eventSchema) })
const errorSchema = z.object({ error: z.string() })

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
const security = [{ bearer: [] }, { session: [] }]
const limit = z.coerce.number().int().min(1).max(200).default(50)

export const getEvents = createRoute({
  method: 'get',
  path: '/events',
  summary: 'The newest events with their decisions, effects and attempts',
  security,
  request: { query: z.object({ limit, before: z.uuid().optional() }) },
  responses: {
    200: json(eventsSchema, 'Newest first'),
    401: json(errorSchema, 'Nobody is signed in, and no valid token came'),
  },
})
export const getEvent = createRoute({
  method: 'get',
  path: '/events/{id}',
  summary: 'Every event an id leads to',
  security,
  description:
    "Our event id, the platform's event id, a comment's id, a ticket's number, or the id of a work item or effect.",
  request: { params: z.object({ id: z.string().min(1).max(200) }) },
  responses: {
    200: json(eventsSchema, 'Newest first'),
    401: json(errorSchema, 'Nobody is signed in, and no valid token came'),
    404: json(errorSchema, 'No event has this id'),
  },
})
export const getFailures = createRoute({
  method: 'get',
  path: '/failures',
  summary: 'Events with something given up, unknown or set aside',
  security,
  request: { query: z.object({ limit }) },
  responses: {
    200: json(eventsSchema, 'Newest first'),
    401: json(errorSchema, 'Nobody is signed in, and no valid token came'),
  },
})
