import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually as eventuallyWithin } from '../../src/cli/demo/outside-world.ts'
import { startEmbeddedPostgres } from '../../src/embedded/start-postgres.ts'
import { conversationRun } from '../support/conversation-run.ts'
import { type Stack, startStack } from '../support/stack.ts'

/** Takeover waits for a heartbeat of ten seconds to end; a busy machine takes longer. */
const PATIENCE_MS = 90_000
const eventually = <T>(what: string, look: () => Promise<T | null | undefined | false>) =>
  eventuallyWithin(what, look, PATIENCE_MS)

/** Two copies of the service on one PostgreSQL: what a dead or paused one held is taken over, once. */
describe('a service beside another on one database', () => {
  let folder = ''
  let stopDatabase: () => Promise<void> = async () => undefined
  let stack: Stack
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'replyline-shared-'))
    const started = await startEmbeddedPostgres({
      dataDir: folder,
      claim: 'service',
      log: () => undefined,
    })
    if (!started.ok) throw new Error(started.problem.message)
    const { host, user, database } = started.value.connection
    stopDatabase = started.value.stop
    stack = await startStack({
      databaseUrl: `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}`,
    })
  })
  afterAll(async () => {
    await stack.close()
    await stopDatabase()
    await rm(folder, { recursive: true, force: true })
  })

  it('wakes after a takeover and writes nothing twice', async () => {
    const { world, service } = stack
    const body = 'Where is my parcel?'
    // Zendesk has made the ticket, and the service is stopped before it can write that down.
    await service.kill()
    await service.start('call_returned/create_ticket@SIGSTOP')
    await world.texts('+14155550111', '+18005550100', body)
    await eventually('the ticket', async () => (await world.tickets()).some(({ id }) => id > 1000))
    const other = await stack.anotherService()
    await other.start()
    await eventually('the other service finishes the work', async () => {
      const calls = stack.sandbox.world.calls.list('zendesk')
      return calls.some(
        ({ method, path }) => method === 'GET' && path.includes('/tickets/requested'),
      )
    })
    service.signal('SIGCONT')
    await world.texts('+14155550111', '+18005550100', 'Hello?')
    await eventually('the next text on the ticket', async () => {
      const tickets = await Promise.all((await world.tickets()).map(({ id }) => world.ticket(id)))
      return tickets.some(({ comments }) => comments.some((comment) => comment.body === 'Hello?'))
    })
    const tickets = (
      await Promise.all((await world.tickets()).map(({ id }) => world.ticket(id)))
    ).filter(({ requester }) => requester.phone === '+14155550111')
    expect(tickets.map(({ comments }) => comments.map((comment) => comment.body))).toEqual([
      [body, 'Hello?'],
    ])
    await other.kill()
  })

  it('goes on, after its heartbeat has ended, with the work of one that was killed', async () => {
    const { service } = stack
    const conversation = conversationRun(stack, '+14155563001')
    await service.kill()
    await service.start('attempt_started/create_ticket')
    const restarted = service.died().then(() => service.start())
    await Promise.all([conversation.play(), restarted])
    await conversation.check()
  })
})
