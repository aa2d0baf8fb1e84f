import type { OpenAPIHono } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { type AccessDeps, isStillIn } from '../authenticate.ts'
import { getChanges } from './changes-contract.ts'
import type { ChangesWatch } from './changes-watch.ts'

const HEARTBEAT_MS = 15_000
/** How long a stream may outlive its session. */
const LOOK_AGAIN_MS = 3_000

type ChangesDeps = { readonly changes: ChangesWatch; readonly access: AccessDeps }

/** `GET /changes`: one `change` at once, so that a listener who comes back asks again, then one per change. */
export function mountChanges(api: OpenAPIHono, { changes, access }: ChangesDeps): void {
  api.openAPIRegistry.registerPath(getChanges)
  api.get('/changes', (context) => {
    const operator = context.get('operator')
    // Not to be asked is no reason to end: the database may be back in a moment.
    const mayStay = () => isStillIn(access, operator).catch(() => true)
    const response = streamSSE(context, (stream) => tellUntilEnd(stream, changes, mayStay))
    // Kept alive, the connection would hold up the service's stop after the stream has ended.
    response.headers.set('connection', 'close')
    response.headers.set('x-accel-buffering', 'no')
    return response
  })
}

async function tellUntilEnd(
  stream: SSEStreamingApi,
  changes: ChangesWatch,
  mayStay: () => Promise<boolean>,
): Promise<void> {
  const tell = teller(stream)
  const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS)
  let leave: () => void = () => undefined
  let guard: NodeJS.Timeout | undefined
  await new Promise<void>((resolve) => {
    leave = changes.listen({ changed: tell, ended: resolve })
    guard = setInterval(async () => (await mayStay()) || resolve(), LOOK_AGAIN_MS)
    stream.onAbort(resolve)
    tell()
  })
  for (const timer of [heartbeat, guard]) clearInterval(timer)
  leave()
}

/** A reader that does not keep up is told once more when it does, and not once for every change. */
function teller(stream: SSEStreamingApi): () => void {
  let isWriting = false
  let isOwed = false
  const write = async () => {
    isWriting = true
    while (isOwed) {
      isOwed = false
      await stream.writeSSE({ event: 'change', data: '' })
    }
    isWriting = false
  }
  return () => {
    isOwed = true
    if (!isWriting) void write()
  }
}
