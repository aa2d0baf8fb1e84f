import type { ServerExit } from './server.ts'
import { DATABASE, PORT, SUPERUSER } from './settings.ts'

export type EmbeddedPostgres = {
  readonly connection: Connection
  /** Whether the server is somebody else's, who will end it. */
  readonly adopted: boolean
  /** Resolves when our own server is gone, by `stop` or not; an adopted one's end is never reported. */
  readonly exited: Promise<ServerExit>
  /** Ends our own server in order and waits for it; does nothing to an adopted one. Safe to repeat. */
  stop(): Promise<void>
}

/** As `pg` takes it: `host` is the socket's folder. */
export type Connection = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

export function connectionTo(socketDir: string): Connection {
  return { host: socketDir, port: PORT, user: SUPERUSER, database: DATABASE }
}
