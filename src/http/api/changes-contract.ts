import { createRoute, z } from '@hono/zod-openapi'
import { unauthorised } from './answers.ts'

export const getChanges = createRoute({
  method: 'get',
  path: '/changes',
  summary: 'Server-sent events: `change` whenever something was stored or changed since the last',
  description:
    'What changed is not said: ask again for what you show. The first event comes at once. A comment every 15 seconds keeps the connection.',
  security: [{ bearer: [] }],
  responses: {
    200: {
      description:
        'A stream that ends with the service, and with the session or token that opened it',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    401: unauthorised,
  },
})
