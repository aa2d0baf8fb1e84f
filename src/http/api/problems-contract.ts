import { createRoute, z } from '@hono/zod-openapi'
import { badRequest, json, time, unauthorised } from './answers.ts'
import { attemptSchema, interventionSchema } from './conversations-contract.ts'

/*
 * Problems: what failed and waits for a person, one by one, with what to do about each.
 */

export const problemSchema = z
  .object({
    id: z.string(),
    bridge: z.string(),
    at: time,
    what: z.enum(['undelivered', 'gave_up', 'unknown', 'set_aside']),
    says: z.string().openapi({ description: 'What failed, for whom and why, as a sentence' }),
    remedy: z.string().openapi({ description: 'What a person can do about it' }),
    text: z.string().nullable().openapi({ description: 'The words that it is about' }),
    customer: z.string().nullable().openapi({ description: 'The name, or else the number' }),
    conversationId: z.string().nullable(),
    ticket: z.object({ id: z.string(), link: z.string() }).nullable(),
    event: z.object({
      id: z.string(),
      source: z.string(),
      kind: z.string(),
      remoteId: z.string(),
    }),
    effect: z.string().nullable().openapi({ description: 'The kind of what was to be written' }),
    reason: z.string().nullable().openapi({ description: 'Why it was to be written: a code' }),
    cause: z.string().nullable().openapi({ description: 'Why it failed, as it was recorded' }),
    attempts: z.array(attemptSchema),
    ways: z
      .array(z.enum(['retry', 'edit', 'discard']))
      .openapi({ description: 'What can be done about it here' }),
    mayHaveArrived: z.boolean().openapi({
      description:
        'A text of which nobody knows: to send it again must be said with mayArriveTwice',
    }),
    interventions: z.array(interventionSchema),
  })
  .openapi('Problem')

export const getProblems = createRoute({
  method: 'get',
  path: '/problems',
  summary: 'What failed and waits for a person',
  security: [{ bearer: [] }],
  request: {
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
  },
  responses: {
    200: json(z.object({ problems: z.array(problemSchema) }), 'Newest first'),
    400: badRequest,
    401: unauthorised,
  },
})
