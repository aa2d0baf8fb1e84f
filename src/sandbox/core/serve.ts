import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import type { Env, Hono } from 'hono'
import type { CallLog } from './calls.ts'
import type { Changes } from './changes.ts'
import type { SandboxClock } from './clock.ts'
import { withFault } from './fault-injection.ts'
import type { Faults } from './faults.ts'
import type { Platform } from './platform.ts'

export type RunningServer = {
  /** Without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Stops listening and cuts connections that are kept alive. */
  close(): Promise<void>
}

type Address = { readonly port: number; readonly host: string }

type PlatformOptions<E extends Env> = Address & {
  readonly platform: Platform
  readonly app: Hono<E>
  readonly clock: SandboxClock
  readonly calls: CallLog
  readonly faults: Faults
  readonly changes: Changes
}

/**
 * Serves an emulated platform: takes the fault that waits for the call, if any, and logs the call.
 * Port 0 takes any free port.
 */
export function servePlatform<E extends Env>(options: PlatformOptions<E>): Promise<RunningServer> {
  const { platform, app, clock, calls, faults, changes } = options
  answerUnknownWith501(app)

  async function answer(request: Request, env: HttpBindings): Promise<Response> {
    const path = pathOf(request)
    const fault = faults.take(platform, request.method, path)
    const { response, status } = await withFault(fault, env.outgoing, () => app.fetch(request, env))
    const at = new Date(clock.now()).toISOString()
    calls.add({ platform, method: request.method, path, status, at })
    if (request.method !== 'GET' || fault !== null) changes.note()
    return response
  }

  return listen(options, answer)
}

/** Serves an app that is no platform (the control API): no faults, no call log. */
export function serveApp<E extends Env>(
  options: Address & { readonly app: Hono<E> },
): Promise<RunningServer> {
  answerUnknownWith501(options.app)
  return listen(options, async (request, env) => options.app.fetch(request, env))
}

/** Says of every path without a route that it is not emulated, and logs what fails. */
export function answerUnknownWith501<E extends Env>(app: Hono<E>): void {
  app.notFound((c) => {
    const description = `the sandbox does not emulate ${c.req.method} ${pathOf(c.req.raw)}`
    return c.json({ error: 'NotImplemented', description }, 501)
  })
  app.onError((error, c) => {
    console.error(`the sandbox failed at ${c.req.method} ${pathOf(c.req.raw)}`, error)
    return c.json({ error: 'SandboxFailure', description: error.message }, 500)
  })
}

function pathOf(request: Request): string {
  return new URL(request.url).pathname
}

function listen(
  { port, host }: Address,
  answer: (request: Request, env: HttpBindings) => Promise<Response>,
): Promise<RunningServer> {
  const listener = getRequestListener((request, env) => answer(request, env as HttpBindings))
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    void listener(incoming, outgoing)
  })

  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)))
      server.closeAllConnections()
    })

  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const taken = (server.address() as AddressInfo).port
      resolve({ url: `http://${host}:${taken}`, port: taken, close })
    })
  })
}
