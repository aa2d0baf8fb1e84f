/**
 * Owns an embedded database until it is killed: `node embedded-owner.ts <data folder> <claim>`.
 * Prints one line of JSON, `{ connection, adopted }` or `{ problem }`; SIGTERM stops it in order.
 */
import { startEmbeddedPostgres } from '../../src/embedded/start-postgres.ts'

const [dataDir = '', claim] = process.argv.slice(2)

const started = await startEmbeddedPostgres({
  dataDir,
  claim: claim === 'tool' ? 'tool' : 'service',
  log: (line) => console.error(line),
})

if (!started.ok) {
  console.log(JSON.stringify({ problem: started.problem }))
} else {
  const { connection, adopted, stop } = started.value
  const stayAlive = setInterval(() => undefined, 60_000)
  process.once('SIGTERM', async () => {
    await stop()
    clearInterval(stayAlive)
  })
  console.log(JSON.stringify({ connection, adopted }))
}
