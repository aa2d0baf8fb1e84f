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
    { level, base: null, redact: { paths: REDACTED, censor: '[redacted]' } },
    pino.destination({ dest: 2, sync: true }),
  )
}
