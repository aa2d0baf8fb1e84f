import type { Stack } from './stack.ts'

/** Asks the operator API of a stack's service, with a token of its own. */
export type Operator = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: unknown }>

export async function operatorOf(stack: Stack): Promise<Operator> {
  const token = (await stack.cli('token', 'create', 'tester')).trim()
  return async (method, path, body) => {
    const response = await fetch(`${stack.service.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: response.status === 204 ? null : await response.json() }
  }
}
