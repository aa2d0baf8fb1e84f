import { createRoute, z } from '@hono/zod-openapi'
import { time, unauthorised } from './answers.ts'

/*
 * Whether everything is in order. Looking takes seconds, so the answer is a stream: one JSON object a line.
 */

const findingSchema = z
  .object({
    check: z.string(),
    area: z.enum(['service', 'zendesk', 'klaviyo', 'bridge']),
    about: z
      .string()
      .openapi({ description: "`service`, an account's name, or the name of a bridge" }),
    state: z.enum(['ok', 'warning', 'problem', 'unknown']),
    says: z.string(),
    remedy: z.string().nullable().openapi({ description: 'What to do; null where nothing is' }),
    without: z.string().nullable().openapi({ description: 'What works until then' }),
  })
  .openapi('Finding')

const progressSchema = z
  .union([
    z.object({
      kind: z.literal('looking'),
      check: z.string(),
      about: z.string(),
      at: z.string().openapi({ description: 'What is being looked at, in words' }),
    }),
    z.object({ kind: z.literal('found'), finding: findingSchema }),
    z.object({ kind: z.literal('done'), at: time }),
  ])
  .openapi('DoctorProgress')

export const postDoctor = createRoute({
  method: 'post',
  path: '/doctor',
  summary: 'Look whether everything is in order, here and on both platforms',
  description:
    'Lines of JSON (NDJSON): `looking` says what is being looked at, `found` is a finding, `done` is the last line. Calls both platforms and changes nothing there.',
  security: [{ bearer: [] }, { session: [] }],
  responses: {
    200: {
      description: 'A stream that ends with `done`',
      content: { 'application/x-ndjson': { schema: progressSchema } },
    },
    401: unauthorised,
  },
})
