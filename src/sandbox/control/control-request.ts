import type { Context } from 'hono'

export type ControlBody = Record<string, unknown>

/** A call that the control API cannot carry out, with the words that say why. */
export type ControlProblem = {
  readonly kind: 'control_problem'
  readonly status: 400 | 404
  readonly description: string
}

export function badControl(description: string, status: 400 | 404 = 400): ControlProblem {
  return { kind: 'control_problem', status, description }
}

export function isControlProblem(value: unknown): value is ControlProblem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'control_problem'
  )
}

export function refuseControl(c: Context, { status, description }: ControlProblem): Response {
  return c.json({ error: status === 404 ? 'NotFound' : 'BadRequest', description }, status)
}

/** A JSON object; an empty body counts as an empty one. */
export async function readControlBody(c: Context): Promise<ControlBody | ControlProblem> {
  const text = await c.req.text()
  if (text.trim() === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
    return isObject ? (body as ControlBody) : badControl('the body must be a JSON object')
  } catch {
    // The caller is told in words.
    return badControl('the body is not JSON')
  }
}
