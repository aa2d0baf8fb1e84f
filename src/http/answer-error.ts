import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

type Log = { warn(fields: object, message: string): void }

/** What a request that is wrong in itself is told; the exception's own words are for programmers. */
const WORDS: Readonly<Record<number, string>> = {
  400: 'the body cannot be read: send JSON, with content-type: application/json',
  413: 'the body is too large',
  415: 'send JSON, with content-type: application/json',
}

/** Answers what a route threw: a refusal with its own status; only what nobody foresaw is logged, and 503. */
export function answerError(log: Log, error: Error, context: Context): Response {
  if (error instanceof HTTPException && error.status < 500)
    return context.json({ error: WORDS[error.status] ?? error.message }, error.status)
  log.warn({ path: context.req.path, err: error }, 'a request failed')
  return context.json({ error: 'the request could not be answered; the log says why' }, 503, {
    'retry-after': '30',
  })
}
