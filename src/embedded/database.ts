import { Client } from 'pg'
import { codeOf } from './detail.ts'
import { DATABASE, PORT, SUPERUSER } from './settings.ts'

const ALREADY_THERE = ['42P04', '23505']

/** Creates our database unless it is there: a kill between initdb and this is healed by the next start. */
export async function ensureDatabase(socketDir: string): Promise<void> {
  await withClient({ socketDir, database: 'postgres' }, async (client) => {
    const asked = 'SELECT 1 FROM pg_database WHERE datname = $1'
    const { rowCount } = await client.query(asked, [DATABASE])
    if (rowCount === 0) await createDatabase(client)
  })
}

async function createDatabase(client: Client): Promise<void> {
  try {
    await client.query(`CREATE DATABASE ${DATABASE}`)
  } catch (error) {
    // Two starters may both have found it missing.
    if (!ALREADY_THERE.includes(codeOf(error))) throw error
  }
}

/** Connects for one piece of work. A server that goes away meanwhile fails that work, nothing else. */
export async function withClient<T>(
  to: { readonly socketDir: string; readonly database: string },
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    ...{ host: to.socketDir, port: PORT, user: SUPERUSER, database: to.database },
    ...{ ssl: false, connectionTimeoutMillis: 5_000 },
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
