import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPool } from '../../src/db/pool.ts'
import { type MortalDatabase, mortalDatabase } from '../support/mortal-database.ts'

/** A PostgreSQL that copies of the service share; it may be ended, frozen, slowed and crowded. */
export type SharedDatabase = MortalDatabase & {
  readonly url: string
  /** The same, by a way on which it can be slowed. */
  readonly slowUrl: string
  /** Each answer comes so much later on that way. */
  slow(ms: number): void
  /** Takes every connection that it has left, until it is let go. */
  crowd(): Promise<() => Promise<void>>
  answers(): Promise<boolean>
  /** Ends every session of the service in the middle of whatever it does. */
  cutSessions(): Promise<void>
}

export async function sharedDatabase(folder?: string): Promise<SharedDatabase> {
  const database = await mortalDatabase(folder)
  const {
    host,
    user,
    port,
    database: name,
  } = database.config as {
    host: string
    user: string
    port: number
    database: string
  }
  const door = await slowDoor(join(host, `.s.PGSQL.${port}`), port)
  const urlBy = (folder: string) =>
    `postgresql://${user}@/${name}?host=${encodeURIComponent(folder)}&port=${port}`
  const direct = () => createPool(database.config, { max: 1 })
  return {
    ...database,
    url: urlBy(host),
    slowUrl: urlBy(door.folder),
    slow: door.slow,
    async crowd() {
      const pools: ReturnType<typeof direct>[] = []
      for (;;) {
        const pool = direct()
        const taken = await pool.query('select 1').then(
          () => true,
          () => false,
        )
        if (!taken) {
          await pool.end()
          return async () => void (await Promise.all(pools.map((one) => one.end())))
        }
        pools.push(pool)
      }
    },
    async answers() {
      const pool = direct()
      return pool
        .query('select 1')
        .then(
          () => true,
          () => false,
        )
        .finally(() => pool.end())
    },
    async cutSessions() {
      const pool = direct()
      await pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'replyline' and pid <> pg_backend_pid()`,
      )
      await pool.end()
    },
    async remove() {
      await door.close()
      await database.remove()
    },
  }
}

/** A socket of its own before the server's, through which every answer may be delayed. */
async function slowDoor(target: string, port: number) {
  const folder = await mkdtemp(join(tmpdir(), 'rl-door-'))
  const open = new Set<Socket>()
  let delayMs = 0
  const server = createServer((incoming) => {
    const outgoing = connect(target)
    const end = () => {
      incoming.destroy()
      outgoing.destroy()
      open.delete(incoming)
    }
    open.add(incoming)
    for (const socket of [incoming, outgoing]) socket.on('error', end).on('close', end)
    incoming.pipe(outgoing)
    outgoing.on('data', (chunk) => {
      if (delayMs === 0) incoming.write(chunk)
      else setTimeout(() => incoming.write(chunk), delayMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(join(folder, `.s.PGSQL.${port}`), resolve))
  return {
    folder,
    slow: (ms: number) => {
      delayMs = ms
    },
    async close() {
      server.close()
      for (const socket of open) socket.destroy()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
