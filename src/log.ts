import pg from 'pg'
import pino from 'pino'

export type Log = pino.Logger

/** Fields that could hold a secret or a person's words, whatever the caller meant. */
const REDACTED = [
  'body',
  'text',
  'secret',
  'token',
  'apiKey',
  'clientSecret',
  'authorization',
  'phone',
  'email',
  'payload',
].flatMap((key) => [key, `*.${key}`])

/** JSON lines on stderr, so that stdout stays for what a person asked for. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      redact: { paths: REDACTED, censor: '[redacted]' },
      serializers: { err: toLoggedError },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}

/** The class of SQLSTATE whose messages quote the value that was at fault. */
const QUOTES_VALUES = /^22/

/**
 * What a log may hold of an error. An error may carry more than its words: PostgreSQL adds the row
 * and the parameters it was about, which are a person's.
 */
function toLoggedError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error ? String(error.code) : undefined
  const isQuoting = error instanceof pg.DatabaseError && QUOTES_VALUES.test(error.code ?? '')
  const message = isQuoting ? 'a value could not be used' : error.message
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return {
    type: error.name,
    code,
    message,
    stack: frames.join('\n'),
    ...(error.cause === undefined ? {} : { cause: toLoggedError(error.cause) }),
  }
}
