import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Fault } from './faults.ts'

export type Faulted = {
  readonly response: Response
  /** For the call log; 0 when the connection was cut. */
  readonly status: number
}

/** Does the work, or not, as the fault says. The connection belongs to `outgoing`. */
export async function withFault(
  fault: Fault | null,
  outgoing: ServerResponse,
  work: () => Response | Promise<Response>,
): Promise<Faulted> {
  if (fault === null) return sound(await work())
  if (fault.delayMs !== undefined) await wait(fault.delayMs)
  if (fault.reset === 'before') return cut(outgoing)

  const response = fault.status === undefined ? await work() : invented(fault, fault.status)
  if (fault.reset === 'after') return cut(outgoing)

  const spoilt = fault.status === undefined ? await spoil(response, fault) : response
  return fault.truncate === undefined || fault.truncate === false
    ? sound(spoilt)
    : await truncate(spoilt, fault.truncate, outgoing)
}

function sound(response: Response): Faulted {
  return { response, status: response.status }
}

function cut(outgoing: ServerResponse): Faulted {
  outgoing.socket?.destroy()
  return { response: RESPONSE_ALREADY_SENT, status: 0 }
}

function invented(fault: Fault, status: number): Response {
  const mayHaveBody = status !== 204 && status !== 304
  const body = mayHaveBody ? bodyText(fault.body ?? '') : null
  const type: [string, string][] =
    typeof fault.body === 'object' ? [['content-type', 'application/json; charset=utf-8']] : []
  return new Response(body, { status, headers: [...type, ...Object.entries(fault.headers ?? {})] })
}

async function spoil(response: Response, fault: Fault): Promise<Response> {
  if (fault.body === undefined && fault.headers === undefined) return response
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(fault.headers ?? {})) headers.set(name, value)
  const body = fault.body === undefined ? await response.text() : bodyText(fault.body)
  return new Response(body, { status: response.status, headers })
}

function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** Announces the whole length, sends the first bytes, and cuts the connection. */
async function truncate(
  response: Response,
  size: number | true,
  outgoing: ServerResponse,
): Promise<Faulted> {
  const body = Buffer.from(await response.arrayBuffer())
  const kept = body.subarray(0, size === true ? Math.floor(body.length / 2) : size)
  const headers = { ...Object.fromEntries(response.headers), 'content-length': `${body.length}` }

  outgoing.writeHead(response.status, headers)
  outgoing.flushHeaders()
  outgoing.write(kept, () => outgoing.socket?.destroy())
  return { response: RESPONSE_ALREADY_SENT, status: response.status }
}
