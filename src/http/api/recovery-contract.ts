import { createRoute, z } from '@hono/zod-openapi'
import { badRequest, json, notFound, time, unauthorised } from './answers.ts'

/*
 * What a person does about what failed or waits: one by its id, several by theirs, or all of a span of
 * time, page by page.
 */

const security = [{ bearer: [] }]
const id = z.uuid()
const note = z.string().max(500).optional().openapi({ description: 'Kept with the record' })
const oneId = z.object({ id })
/** Klaviyo takes no longer text. */
const text = z.string().trim().min(1, 'a text needs words').max(1_600)

const why = z.string().openapi({ description: 'A code: may_arrive_twice, under_way, …' })
const refusedSchema = z.object({ error: z.string(), why })
const doneSchema = z.object({ done: z.literal(true) })

const manySchema = z.object({
  ids: z.array(id).min(1).max(500).optional().openapi({ description: 'These and no others' }),
  bridge: z.string().max(200).optional().openapi({ description: "A bridge's name" }),
  since: z.iso
    .datetime({ offset: true })
    .optional()
    .openapi({ description: 'Events received from then on; needed where no ids are given' }),
  until: z.iso.datetime({ offset: true }).optional(),
  after: id.optional().openapi({ description: 'The `next` of the page before' }),
  limit: z.number().int().min(1).max(500).default(200),
  note,
})

const talliedSchema = z
  .object({
    looked: z.number(),
    done: z.number(),
    left: z.array(z.object({ id: z.string(), why, says: z.string() })),
    next: z
      .string()
      .nullable()
      .openapi({ description: 'Pass as `after` for the rest; null when all were looked at' }),
    at: time,
  })
  .openapi('Tally')

const ofOne = <Path extends string, Body extends z.ZodType>(
  path: Path,
  summary: string,
  body: Body,
) => ({
  path,
  summary,
  method: 'post' as const,
  security,
  request: {
    params: oneId,
    body: { required: true, content: { 'application/json': { schema: body } } },
  },
  responses: {
    200: json(doneSchema, 'It goes on in its lane'),
    400: badRequest,
    401: unauthorised,
    404: notFound,
    409: json(refusedSchema, 'It is not done; the sentence says why'),
  },
})

const ofMany = <Path extends string>(path: Path, summary: string) => ({
  path,
  summary,
  method: 'post' as const,
  security,
  request: { body: { required: true, content: { 'application/json': { schema: manySchema } } } },
  responses: {
    200: json(talliedSchema, 'One page: how many went on, and which did not'),
    400: badRequest,
    401: unauthorised,
  },
})

const retryBody = z.object({
  text: text.optional().openapi({ description: 'Other words; of an answer to a customer alone' }),
  mayArriveTwice: z
    .boolean()
    .default(false)
    .openapi({ description: 'Needed for a text of which nobody knows whether it arrived' }),
  note,
})

const noteBody = z.object({ note })
export const postRetry = createRoute(
  ofOne('/problems/{id}/retry', 'Try again what failed, or at once what waits', retryBody),
)
export const postDiscard = createRoute(
  ofOne('/problems/{id}/discard', 'Take it off the list; nothing is sent for it', noteBody),
)
export const postReplay = createRoute(
  ofOne('/events/{id}/replay', 'Decide an event again, where nothing came of it', noteBody),
)

export const postRetries = createRoute(ofMany('/problems/retry', 'Try many again'))
export const postDiscards = createRoute(ofMany('/problems/discard', 'Take many off the list'))
export const postReplays = createRoute(
  ofMany('/events/replay', 'Decide many events again, where nothing came of them and it could'),
)
export type Many = z.output<typeof manySchema>
