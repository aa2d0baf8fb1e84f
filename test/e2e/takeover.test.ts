import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually as eventuallyWithin } from '../../src/cli/demo/outside-world.ts'
import { conversationRun } from '../support/conversation-run.ts'
import { sharedDatabase } from '../support/shared-database.ts'
import { type Stack, startStack } from '../support/stack.ts'

/** Takeover waits for a heartbeat of ten seconds to end; a busy machine takes longer. */
const PATIENCE_MS = 90_000
const eventually = <T>(what: string, look: () => Promise<T | null | undefined | false>) =>
  eventuallyWithin(what, look, PATIENCE_MS)

/** Two copies of the service on one PostgreSQL: what a dead or paused one held is taken over, once. */
describe('a service beside another on one database', () => {
  let database: Awaited<ReturnType<typeof sharedDatabase>>
  let stack: Stack
  beforeAll(async () => {
    database = await sharedDatabase()
    stack = await startStack({ databaseUrl: database.url })
  })
  afterAll(async () => {
    await stack?.close()
    await database?.remove()
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
