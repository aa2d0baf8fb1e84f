import type { IncomingMessage } from 'node:http'
import { err, ok, type Result } from '../kernel/result.ts'

/**
 * Reads a request's body up to `capBytes`. One that is longer is refused as soon as that is known,
 * from its announced length or while it streams; what came of it is let go and the rest left unread.
 */
export function readBody(
  request: IncomingMessage,
  capBytes: number,
): Promise<Result<Buffer, 'too_large' | 'cut_off'>> {
  if (Number(request.headers['content-length'] ?? 0) > capBytes)
    return Promise.resolve(err('too_large'))
  // Its end may have come before anyone listened: a stream that is gone tells nothing any more.
  if (request.destroyed) return Promise.resolve(err('cut_off'))
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    const take = (chunk: Buffer) => {
      size += chunk.length
      if (size <= capBytes) {
        chunks.push(chunk)
        return
      }
      request.off('data', take).pause()
      chunks.length = 0
      resolve(err('too_large'))
    }
    request.on('data', take)
    request.on('end', () => resolve(ok(Buffer.concat(chunks))))
    request.on('error', () => resolve(err('cut_off')))
    request.on('close', () => resolve(err('cut_off')))
  })
}
