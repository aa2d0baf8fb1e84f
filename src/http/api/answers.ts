import { z } from '@hono/zod-openapi'

/** A JSON answer of a route, with what it is. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** What every refusal looks like: one sentence. */
const refusal = z.object({ error: z.string() })

export const unauthorised = json(refusal, 'Nobody is signed in, and there is no valid token')
export const badRequest = json(refusal, 'A parameter is wrong; the sentence names it')
export const notFound = json(refusal, 'There is none of this id')

/** A moment of an answer: ISO 8601 with its zone. */
export const time = z.string().openapi({ description: 'ISO 8601' })
