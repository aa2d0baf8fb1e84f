import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conversationRun } from '../support/conversation-run.ts'
import type { ServiceProcess } from '../support/service-process.ts'
import { sharedDatabase } from '../support/shared-database.ts'
import { type Stack, startStack } from '../support/stack.ts'

/** One copy that answers and three that work, on one PostgreSQL: none leads, and any may go. */
describe('a service of four copies', () => {
  let database: Awaited<ReturnType<typeof sharedDatabase>>
  let stack: Stack
  let workers: readonly ServiceProcess[]

  beforeAll(async () => {
    database = await sharedDatabase()
    stack = await startStack({ databaseUrl: database.url, role: 'web' })
    workers = await Promise.all([1, 2, 3].map(() => stack.anotherService('worker')))
    await Promise.all(workers.map((worker) => worker.start()))
  })
  afterAll(async () => {
    await stack?.close()
    await database?.remove()
  })

  it('does each thing once while the working copies are restarted one by one', async () => {
    const numbers = ['+14155564001', '+14155564002', '+14155564003', '+14155564004']
    const runs = numbers.map((number) => conversationRun(stack, number))
    const playing = Promise.all(runs.map((run) => run.play()))
    for (const worker of workers) {
      worker.signal('SIGTERM')
      await worker.died()
      await worker.start()
    }
    await playing
    for (const run of runs) await run.check()
  })

  it('goes on when one of the working copies is killed', async () => {
    const run = conversationRun(stack, '+14155564005')
    await workers[0]?.kill()
    await run.play()
    await run.check()
    await workers[0]?.start()
  })

  it.each(['/api/overview', '/webhooks/klaviyo/x', '/'])(
    'leaves %s to the copy that answers',
    async (path) => {
      const response = await fetch(`${workers[1]?.url}${path}`)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ error: expect.stringContaining('ROLE=web') })
    },
  )

  it.each(['/healthz', '/readyz', '/metrics'])('answers %s from each copy', async (path) => {
    for (const { url } of [stack.service, ...workers])
      expect((await fetch(`${url}${path}`)).status).toBe(200)
  })
})
