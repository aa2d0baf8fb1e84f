import { createRoute, z } from '@hono/zod-openapi'
import { badRequest, json, notFound, time, unauthorised } from './answers.ts'

/*
 * The operator API's contract for connecting accounts: what there is, and the doors by which to connect.
 */

const secret = (what: string) =>
  z
    .string(`${what} is needed`)
    .trim()
    .min(1, `${what} is needed`)
    .max(1_000)
    .regex(/^[\x21-\x7e]+$/, `${what} holds a character that none has: copy it again`)

export const standsSchema = z.object({
  why: z.enum(['paused', 'down']),
  says: z.string(),
  since: time,
})

const connectionSchema = z
  .object({
    id: z.string(),
    platform: z.enum(['zendesk', 'klaviyo']),
    account: z.string().openapi({ description: "The account's own name" }),
    accountId: z.string(),
    url: z.string(),
    door: z
      .enum(['authorization_code', 'client_credentials', 'private_key'])
      .openapi({ description: 'How it was connected' }),
    clientId: z.string().nullable(),
    scopes: z.array(z.string()).nullable().openapi({ description: 'As granted; null: unknown' }),
    state: z.enum(['ready', 'reconnect']),
    stateReason: z.string().nullable(),
    stands: standsSchema.nullable().openapi({ description: 'Not called right now, and why' }),
    feeds: z
      .array(
        z.object({
          name: z.string(),
          readUntil: time,
          problem: z.string().nullable().openapi({ description: 'Why the last read failed' }),
          found: z.number().openapi({ description: 'Events that no webhook had brought' }),
        }),
      )
      .openapi({ description: 'How far the account was read for what webhooks lost' }),
    bridges: z.array(z.string()).openapi({ description: 'The bridges that use it, by name' }),
    brands: z.array(z.object({ name: z.string(), isDefault: z.boolean() })),
  })
  .openapi('Connection')
const connectionsSchema = z.object({
  connections: z.array(connectionSchema),
  redirectUris: z
    .object({ zendesk: z.string(), klaviyo: z.string() })
    .openapi({ description: 'To be registered with the OAuth client, letter by letter' }),
  scopes: z
    .object({ zendesk: z.array(z.string()), klaviyo: z.array(z.string()) })
    .openapi({ description: 'What is asked for' }),
  isReachable: z.boolean().openapi({
    description: 'Whether the platforms could reach PUBLIC_URL: https, and not of this machine',
  }),
  sandbox: z
    .object({ zendeskUrl: z.string().nullable(), klaviyoUrl: z.string() })
    .nullable()
    .openapi({
      description: 'The emulated platforms this installation leads to; null: the real ones',
    }),
})

const connectedSchema = z.object({ connectionId: z.string() })
const consentSchema = z.object({
  redirectTo: z.string().openapi({ description: "The platform's consent page, for this browser" }),
})
/** Of the platform, or of what was entered: a sentence that says what to do. */
const cannotConnect = json(z.object({ error: z.string() }), 'Why it cannot be connected')

const zendeskDoor = z.object({
  address: z.string('the address is needed').trim().min(1, 'the address is needed').max(300),
  clientId: secret('the unique identifier of the OAuth client'),
})

export const getConnections = createRoute({
  method: 'get',
  path: '/connections',
  summary: 'The connected accounts, and what connecting one needs',
  security: [{ bearer: [] }, { session: [] }],
  responses: { 200: json(connectionsSchema, 'Zendesk first'), 401: unauthorised },
})
export const postZendeskConsent = createRoute({
  method: 'post',
  path: '/connections/zendesk/consent',
  summary: "Begin the way to Zendesk's consent page",
  security: [{ session: [] }],
  request: {
    body: {
      required: true,
      ...json(
        zendeskDoor.extend({
          clientSecret: secret('the secret').nullable().openapi({
            description: 'Null for a public client',
          }),
        }),
        'The account and the OAuth client made in it',
      ),
    },
  },
  responses: {
    200: json(consentSchema, 'Where to send the browser'),
    400: badRequest,
    401: unauthorised,
    422: cannotConnect,
  },
})
export const postZendeskClient = createRoute({
  method: 'post',
  path: '/connections/zendesk/client',
  summary: 'Connect Zendesk by an OAuth client alone (client_credentials)',
  security: [{ bearer: [] }, { session: [] }],
  request: {
    body: {
      required: true,
      ...json(
        zendeskDoor.extend({ clientSecret: secret('the secret') }),
        'The account and the OAuth client made in it',
      ),
    },
  },
  responses: {
    200: json(connectedSchema, 'Connected'),
    400: badRequest,
    401: unauthorised,
    422: cannotConnect,
  },
})
export const postKlaviyoConsent = createRoute({
  method: 'post',
  path: '/connections/klaviyo/consent',
  summary: "Begin the way to Klaviyo's consent page",
  security: [{ session: [] }],
  request: {
    body: {
      required: true,
      ...json(
        z.object({ clientId: secret('the client id'), clientSecret: secret('the secret') }),
        'The app registered with Klaviyo',
      ),
    },
  },
  responses: {
    200: json(consentSchema, 'Where to send the browser'),
    400: badRequest,
    401: unauthorised,
    422: cannotConnect,
  },
})
export const postKlaviyoKey = createRoute({
  method: 'post',
  path: '/connections/klaviyo/key',
  summary: 'Connect Klaviyo by a private API key',
  security: [{ bearer: [] }, { session: [] }],
  request: {
    body: { required: true, ...json(z.object({ apiKey: secret('the key') }), 'pk_…') },
  },
  responses: {
    200: json(connectedSchema, 'Connected'),
    400: badRequest,
    401: unauthorised,
    422: cannotConnect,
  },
})
export const deleteConnection = createRoute({
  method: 'delete',
  path: '/connections/{id}',
  summary: 'Forget a connection that no bridge uses, with its credentials',
  security: [{ bearer: [] }, { session: [] }],
  request: { params: z.object({ id: z.uuid() }) },
  responses: {
    204: { description: 'Forgotten' },
    401: unauthorised,
    404: notFound,
    409: json(z.object({ error: z.string() }), 'A bridge uses it'),
  },
})

const switched = (path: '/connections/{id}/pause' | '/connections/{id}/resume', summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary,
    security: [{ bearer: [] }, { session: [] }],
    request: { params: z.object({ id: z.uuid() }) },
    responses: {
      204: { description: 'Done; every copy of the service knows within a second' },
      401: unauthorised,
      404: notFound,
    },
  })
export const postPause = switched(
  '/connections/{id}/pause',
  'Call this account no more; what is for it waits, in order',
)
export const postResume = switched(
  '/connections/{id}/resume',
  'Call this account again, and let go what waits for it',
)
