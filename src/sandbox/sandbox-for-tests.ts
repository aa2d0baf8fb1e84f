import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Sandbox, startSandbox } from './start.ts'

export type Answer = {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON, or null when there is none. Tests read it as they need. */
  readonly body: ReturnType<typeof JSON.parse>
}

export type TestSandbox = Sandbox & {
  /** Calls Zendesk's API as `admin@example.com` unless the headers say otherwise. */
  api(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
  control(method: string, path: string, body?: unknown): Promise<Answer>
}

/** A sandbox on free ports with a token in hand. */
export async function startTestSandbox(): Promise<TestSandbox> {
  const sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  let token: string | null = null

  async function api(method: string, path: string, body?: unknown, headers = {}): Promise<Answer> {
    token ??= await adminToken(sandbox.zendeskUrl)
    const authorization = `Bearer ${token}`
    return call(`${sandbox.zendeskUrl}/api/v2${path}`, method, body, { authorization, ...headers })
  }

  async function control(method: string, path: string, body?: unknown): Promise<Answer> {
    if (path === '/reset') token = null
    return call(`${sandbox.controlUrl}/control${path}`, method, body, {})
  }

  return { ...sandbox, api, control }
}

export async function adminToken(zendeskUrl: string, more: object = {}): Promise<string> {
  const grant = {
    grant_type: 'client_credentials',
    client_id: 'replyline',
    client_secret: 'replyline-secret',
    scope: 'read write',
    expires_in: 172_800,
    ...more,
  }
  const { body } = await call(`${zendeskUrl}/oauth/tokens`, 'POST', grant, {})
  return String(body.access_token)
}

export async function call(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : null,
  }
}

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string }

/** A webhook's receiving end. `answers` are used up one by one; then every delivery gets 200. */
export async function startReceiver(answers: { status: number; headers?: object }[] = []) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      const { status, headers } = answers.shift() ?? { status: 200 }
      response.writeHead(status, { ...headers }).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`

  return {
    url,
    received,
    types: () => received.map(({ body }) => String(JSON.parse(body).type).split('.')[1]),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
