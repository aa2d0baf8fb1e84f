import { createRoute, z } from '@hono/zod-openapi'

/*
 * The operator API's contract for getting in and out. Who is signed in holds a cookie; a program with a
 * bearer token needs none of this.
 */

const MIN_PASSWORD = 12
/** Longer than any password manager makes, short enough to hash. */
const MAX_TEXT = 200

const text = (what: string) =>
  z
    .string(`${what} is needed`)
    .min(1, `${what} is needed`)
    .max(MAX_TEXT, `at most ${MAX_TEXT} characters are taken`)
const nameSchema = text('a name')
  .regex(/^\P{Cc}*$/u, 'a name on one line is needed')
  .regex(/\S/, 'a name is needed')
const newPasswordSchema = text('a password').min(
  MIN_PASSWORD,
  `at least ${MIN_PASSWORD} characters are needed`,
)

const errorSchema = z.object({ error: z.string() })
const sessionSchema = z
  .object({
    operator: z.object({ id: z.string(), name: z.string() }),
    csrfToken: z
      .string()
      .openapi({ description: 'To be sent as `x-csrf-token` with every request that changes' }),
  })
  .openapi('Session')
const strangerSchema = z.object({
  error: z.string(),
  needsOwner: z
    .boolean()
    .openapi({ description: 'Nobody can sign in yet: the first owner has to be made' }),
})

const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
const refusals = {
  400: json(errorSchema, 'What is wrong with the request'),
  403: json(errorSchema, 'From a page of another origin'),
  409: json(errorSchema, 'It cannot be done as things are'),
  415: json(errorSchema, 'Not JSON'),
  429: json(errorSchema, 'Too many tries: wait as long as `Retry-After` says'),
}

export const getSession = createRoute({
  method: 'get',
  path: '/session',
  summary: 'Who is signed in',
  responses: {
    200: json(sessionSchema, 'Who it is'),
    401: json(strangerSchema, 'Nobody is'),
  },
})
export const postSession = createRoute({
  method: 'post',
  path: '/session',
  summary: 'Sign in',
  request: {
    body: {
      required: true,
      ...json(z.object({ name: nameSchema, password: text('a password') }), 'Who, and the proof'),
    },
  },
  responses: {
    200: json(sessionSchema, 'Signed in; the cookie is set'),
    401: json(errorSchema, 'The name or the password is wrong'),
    ...refusals,
    503: json(errorSchema, 'Too many sign in at once: wait as long as `Retry-After` says'),
  },
})
export const deleteSession = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Sign out',
  security: [{ session: [] }],
  responses: {
    204: { description: 'The session has ended' },
    401: json(errorSchema, 'Nobody is signed in'),
    403: json(errorSchema, 'Not from our page'),
    409: json(errorSchema, 'A token has no session'),
  },
})
export const postOwner = createRoute({
  method: 'post',
  path: '/owner',
  summary: 'Make the first owner, once, and sign in',
  request: {
    body: {
      required: true,
      ...json(
        z.object({ name: nameSchema, password: newPasswordSchema, token: text('a set-up token') }),
        'Who, and the token that the service printed when it started',
      ),
    },
  },
  responses: {
    201: json(sessionSchema, 'Made and signed in; the cookie is set'),
    401: json(errorSchema, 'The token is wrong'),
    ...refusals,
  },
})
