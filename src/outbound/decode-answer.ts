import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { err, ok, type Result } from '../kernel/result.ts'
import { asError, describeError } from './describe-error.ts'
import type { AnswerHeaders } from './http-answer.ts'
import type { Unreachable } from './unreachable.ts'

const unzip = promisify(gunzip)

/**
 * Decodes an answer's bytes to text. Stops at `maxBytes` of decoded text, so a small answer cannot
 * grow into a huge one. The request had been sent, so every problem is `touched: 'maybe'`.
 */
export async function decodeAnswer(
  raw: { readonly headers: AnswerHeaders; readonly bytes: Buffer },
  maxBytes: number,
): Promise<Result<string, Unreachable>> {
  const encoding = raw.headers.get('content-encoding')?.toLowerCase() ?? 'identity'
  if (raw.bytes.length === 0) return ok('')
  if (encoding === 'identity') return ok(new TextDecoder().decode(raw.bytes))
  if (encoding !== 'gzip') return undecodable(`an answer encoded as ${encoding}`)

  try {
    return ok(new TextDecoder().decode(await unzip(raw.bytes, { maxOutputLength: maxBytes })))
  } catch (cause) {
    return undecodable(describeError(asError(cause)))
  }
}

function undecodable(detail: string): Result<never, Unreachable> {
  return err({ kind: 'unreachable', touched: 'maybe', detail: `unreadable answer: ${detail}` })
}
