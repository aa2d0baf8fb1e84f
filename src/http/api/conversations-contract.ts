import { createRoute, z } from '@hono/zod-openapi'
import { badRequest, json, notFound, time, unauthorised } from './answers.ts'

/*
 * Conversations: found by anything that names them, and told from their first text on.
 */

const states = ['fine', 'waiting', 'failed', 'unknown'] as const
const state = z.enum(states)

export const summarySchema = z
  .object({
    id: z.string(),
    bridge: z.string(),
    channel: z.string(),
    brandNumber: z.string().openapi({ description: "The number that was texted; '' when unknown" }),
    customerNumber: z.string().nullable(),
    customerName: z.string().nullable(),
    customerEmail: z.string().nullable(),
    ticket: z
      .object({ id: z.string(), status: z.string().nullable(), link: z.string() })
      .nullable()
      .openapi({ description: 'The current ticket' }),
    profile: z.object({ id: z.string(), link: z.string() }).nullable(),
    lastActivityAt: time,
    lastText: z
      .string()
      .nullable()
      .openapi({ description: "The start of the customer's last text" }),
    state: z.enum([...states, 'no_ticket']),
    why: z
      .string()
      .nullable()
      .openapi({ description: 'What it waits for, why it failed, or why there is no ticket' }),
    cursor: z.string().openapi({ description: 'Pass as `before` for what comes after this row' }),
  })
  .openapi('Conversation')

export const attemptSchema = z.object({
  startedAt: time,
  endedAt: time.nullable(),
  outcome: z.string().nullable(),
  status: z.number().nullable(),
  detail: z.string().nullable(),
  exchange: z.unknown().openapi({
    description:
      'What a platform refused and how: method, path, sent, status, answer. Secrets are hidden',
  }),
})

export const interventionSchema = z.object({
  action: z.enum(['retry', 'edit', 'discard', 'replay']),
  who: z.string(),
  note: z.string().nullable(),
  at: time,
  effectId: z.string().nullable(),
  says: z.string().openapi({ description: 'Who did what, as a sentence' }),
})

const stepSchema = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  delivery: z.string().nullable(),
  isDismissed: z.boolean().openapi({ description: 'A person has dealt with its failure' }),
  says: z.string().openapi({ description: 'What became of it, as a sentence' }),
  remedy: z.string().nullable().openapi({ description: 'What a person can do where it failed' }),
  isReplaced: z.boolean().openapi({
    description: 'It was refused, and a later one of the same work stands in its place',
  }),
  text: z.string().nullable().openapi({ description: 'What was to be written' }),
  ticketId: z.string().nullable(),
  attempts: z.array(attemptSchema),
})

export const entrySchema = z
  .object({
    id: z.string(),
    source: z.string(),
    kind: z.string(),
    remoteId: z.string(),
    ticketId: z.string().nullable(),
    eventAt: time,
    receivedAt: time,
    says: z.string().openapi({ description: 'What happened, as a sentence' }),
    side: z.enum(['customer', 'agent', 'note', 'between']),
    text: z.string().nullable().openapi({ description: "The message's own words" }),
    state,
    work: z.array(
      z.object({
        id: z.string(),
        about: z.string(),
        state: z.string(),
        reason: z.string().nullable(),
        says: z.string().nullable(),
        remedy: z.string().nullable(),
        waitingFor: z.string().nullable(),
        waitingUntil: time.nullable(),
        error: z.string().nullable(),
        interventions: z.array(interventionSchema),
        effects: z.array(stepSchema),
      }),
    ),
  })
  .openapi('TimelineEntry')

const limit = z.coerce.number().int().min(1).max(200).default(50)
const security = [{ bearer: [] }]

export const getConversations = createRoute({
  method: 'get',
  path: '/conversations',
  summary: 'Conversations, newest activity first',
  description:
    'The search takes a phone number in any writing, the start of a name, of its last word or of an e-mail address, a ticket number with or without `#`, or a Klaviyo profile id.',
  security,
  request: {
    query: z.object({
      search: z.string().max(200).default(''),
      bridge: z.string().max(200).optional().openapi({ description: "A bridge's name" }),
      state: z.enum(['waiting', 'failed', 'unknown', 'no_ticket']).optional(),
      before: z.string().max(100).optional(),
      limit,
    }),
  },
  responses: {
    200: json(z.object({ conversations: z.array(summarySchema) }), 'Newest activity first'),
    400: badRequest,
    401: unauthorised,
  },
})

export const getConversation = createRoute({
  method: 'get',
  path: '/conversations/{id}',
  summary: 'One conversation and its timeline',
  security,
  request: {
    params: z.object({ id: z.uuid() }),
    query: z.object({ before: z.uuid().optional(), limit }),
  },
  responses: {
    200: json(
      z.object({
        conversation: summarySchema,
        tickets: z.array(
          z.object({ id: z.string(), status: z.string().nullable(), link: z.string() }),
        ),
        consent: z
          .object({ to: z.enum(['given', 'withdrawn']), at: time })
          .nullable()
          .openapi({ description: 'What Klaviyo last told us of the consent to texts' }),
        timeline: z.array(entrySchema),
        earlier: z.string().nullable().openapi({
          description: 'Pass as `before` for what happened before; null at the beginning',
        }),
      }),
      'Newest last',
    ),
    400: badRequest,
    401: unauthorised,
    404: notFound,
  },
})
