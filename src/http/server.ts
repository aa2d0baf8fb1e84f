import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import { answerError } from './answer-error.ts'
import { createChangesWatch } from './api/changes-watch.ts'
import { type HealthDeps, mountHealth } from './health.ts'
import { mountOauthCallbacks } from './oauth-callback.ts'
import { createOperatorApi, type OperatorApiDeps } from './operator-api.ts'
import { mountPages, type PagesDeps } from './pages.ts'
import { isPlainTarget, NOT_PLAIN } from './request-target.ts'
import { neverStored, setSecurityHeaders } from './security-headers.ts'
import { isHttps } from './session-cookie.ts'
import { handleWebhook, type WebhookDeps } from './webhook-routes.ts'
import { withinPatience } from './within-patience.ts'

export type HttpServer = { readonly port: number; close(): Promise<void> }

/** What answers platforms and people. */
export type Front = {
  readonly webhooks: WebhookDeps
  readonly api: Omit<OperatorApiDeps, 'changes'>
  readonly pages: PagesDeps
}

type Options = {
  readonly port: number
  readonly host: string
  readonly health: HealthDeps
  /** Null for a copy that only works: it tells how it is, and nothing else. */
  readonly front: Front | null
  readonly log: WebhookDeps['log']
}

/** A slow sender is cut off within these; without the last, Node would look only every 30 s. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
}
const MAX_CONNECTIONS = 2_000
/** These take as long as the platforms do, which have time limits of their own. */
const CALLS_PLATFORMS = /^\/api\/(connections|bridges|doctor)(\/|$)/

/** Opens the service's port: the platforms' webhooks first, everything else behind them. Rejects when the port is taken. */
export async function startServer(options: Options): Promise<HttpServer> {
  const { front } = options
  const app = new OpenAPIHono()
  mountHealth(app, options.health)
  const unmount = front === null ? () => undefined : mountFront(app, front)
  app.notFound((context) => context.json({ error: nothingAt(context.req.path, front) }, 404))
  app.onError((error, context) => answerError(options.log, error, context))
  const listener = getRequestListener(app.fetch)
  const transport = { isHttps: front !== null && isHttps(front.api.access.publicUrl) }
  const server = createServer(TIMEOUTS, (request, response) => {
    setSecurityHeaders(response, transport)
    // It ends: a connection that was kept alive would hold the end up.
    if (!server.listening) response.setHeader('connection', 'close')
    if (!isPlainTarget(request.url ?? '')) refuseTarget(response)
    else if (front === null || !handleWebhook(front.webhooks, request, response))
      void listener(request, response)
  })
  server.maxConnections = MAX_CONNECTIONS
  await listen(server, options)
  const stop = () => {
    unmount()
    return close(server)
  }
  return { port: (server.address() as AddressInfo).port, close: stop }
}

/** The operator API, the ways back from consent pages, and the window; answers what ends them. */
function mountFront(app: OpenAPIHono, { api, pages }: Front): () => void {
  app.use('/api/*', neverStored)
  app.use('/api/*', (context, next) =>
    CALLS_PLATFORMS.test(context.req.path) ? next() : withinPatience(next()),
  )
  const changes = createChangesWatch(api.db)
  app.route('/', createOperatorApi({ ...api, changes }))
  mountOauthCallbacks(app, { ...api, newNonce: pages.newNonce })
  mountPages(app, pages)
  return () => changes.stop()
}

function nothingAt(path: string, front: Front | null): string {
  return front === null
    ? `this copy only works (ROLE=worker): ask one with ROLE=web or ROLE=all for ${path}`
    : `nothing is at ${path}`
}

/** Before any router, which would tidy the path up and answer what it then means. */
function refuseTarget(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'application/json', connection: 'close' })
  response.end(JSON.stringify({ error: NOT_PLAIN }))
}

function listen(server: Server, { port, host }: Options): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Lets requests under way end, then closes; idle connections are closed at once. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 5_000).unref()
  })
}
