import type { OpenAPIHono } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { getChanges } from './changes-contract.ts'
import type { ChangesWatch } from './changes-watch.ts'

const HEARTBEAT_MS = 15_000

/** `GET /changes`: one `change` at once, so that a listener who comes back asks again, then one per change. */
export function mountChanges(
  api: OpenAPIHono,
  { changes }: { readonly changes: ChangesWatch },
): void {
  api.openAPIRegistry.registerPath(getChanges)
  api.get('/changes', (context) => {
    const response = streamSSE(context, (stream) => tellUntilEnd(stream, changes))
    // Kept alive, the connection would hold up the service's stop after the stream has ended.
    response.headers.set('connection', 'close')
    response.headers.set('x-accel-buffering', 'no')
    return response
  })
}

async function tellUntilEnd(stream: SSEStreamingApi, changes: ChangesWatch): Promise<void> {
  const tell = teller(stream)
  const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS)
  await new Promise<void>((resolve) => {
    const leave = changes.listen({ changed: tell, ended: resolve })
    stream.onAbort(() => {
      leave()
      resolve()
    })
    tell()
  })
  clearInterval(heartbeat)
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
