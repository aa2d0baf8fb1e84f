import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterAll(() => sandbox.close())

const control: TestSandbox['control'] = (...call) => sandbox.control(...call)
const failNext = (fault: object, match: object = {}, times = 1) =>
  control('POST', '/faults', { platform: 'zendesk', match, times, fault })
const newTicket = () => sandbox.api('POST', '/tickets', { ticket: { comment: { body: 'x' } } })
const ticketCount = async () => (await control('GET', '/tickets')).body.length

describe('a fault', () => {
  it('answers in place of the platform, as often as asked', async () => {
    const fault = { status: 503, body: { error: 'down' }, headers: { 'retry-after': '2' } }
    await failNext(fault, { method: 'GET', path: '/api/v2/tick' }, 2)
    const answers = [
      await sandbox.api('GET', '/brands'),
      await sandbox.api('GET', '/tickets'),
      await sandbox.api('GET', '/tickets/1'),
      await sandbox.api('GET', '/tickets'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 503, 200])
    expect(answers[1]?.headers.get('retry-after')).toBe('2')
    expect(answers[1]?.body).toEqual({ error: 'down' })
  })

  it.each([
    ['before', 12],
    ['after', 13],
  ])('cuts the connection %s the work is done', async (reset, tickets) => {
    await sandbox.api('GET', '/brands')
    await failNext({ reset }, { method: 'POST', path: '/api/v2/tickets' })
    await expect(newTicket()).rejects.toThrow()
    expect(await ticketCount()).toBe(tickets)
    const [last] = (await control('GET', '/calls?platform=zendesk')).body.slice(-1)
    expect(last).toMatchObject({ method: 'POST', path: '/api/v2/tickets', status: 0 })
  })

  it('loses the end of an answer', async () => {
    await sandbox.api('GET', '/brands')
    await failNext({ truncate: true }, { path: '/api/v2/tickets*' })
    await expect(sandbox.api('GET', '/tickets/1')).rejects.toThrow()
    expect((await sandbox.api('GET', '/tickets/1')).status).toBe(200)
  })

  it('makes a call slow', async () => {
    await sandbox.api('GET', '/brands')
    await failNext({ delayMs: 60 }, { path: '*/brands' })
    const startedAt = performance.now()
    expect((await sandbox.api('GET', '/brands')).status).toBe(200)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(55)
  })

  it('is forgotten when asked', async () => {
    await failNext({ status: 500 })
    expect((await control('DELETE', '/faults')).status).toBe(204)
    expect((await sandbox.api('GET', '/brands')).status).toBe(200)
  })

  it.each([
    [{ platform: 'x', fault: {} }],
    [{ platform: 'zendesk' }],
    [{ platform: 'zendesk', times: 0, fault: {} }],
    [{ platform: 'zendesk', fault: { reset: 'sometimes' } }],
    [{ platform: 'zendesk', fault: { explode: true } }],
  ])('is refused when it makes no sense: %j', async (fault) => {
    expect((await control('POST', '/faults', fault)).status).toBe(400)
  })
})

describe('the clock', () => {
  it('moves forward only, and says where it stands', async () => {
    const before = (await control('GET', '/clock')).body
    const after = (await control('POST', '/clock', { advanceMs: 60_000 })).body
    expect(after.offsetMs - before.offsetMs).toBe(60_000)
    expect((await control('POST', '/clock', { advanceMs: -1 })).status).toBe(400)
  })
})

describe('settings', () => {
  it('are listed with their source, and refuse what they do not know', async () => {
    const { body } = await control('GET', '/settings')
    const tags = body.settings.find(({ name }: { name: string }) => name === 'webhook_tags')
    expect(tags).toMatchObject({ value: 'array', values: ['array', 'string'] })
    expect(tags.source).not.toBe('')
    expect((await control('PUT', '/settings', { webhook_tags: 'string' })).status).toBe(200)
    const wrong = await control('PUT', '/settings', { webhook_tags: 'set' })
    expect(wrong.body.description).toBe('webhook_tags must be one of "array", "string"')
    expect((await control('PUT', '/settings', { no_such: 1 })).status).toBe(400)
  })
})

describe('the log of calls', () => {
  it('holds what each platform received', async () => {
    await sandbox.api('GET', '/brands')
    await control('DELETE', '/calls')
    await sandbox.api('GET', '/tickets/999')
    const { body } = await control('GET', '/calls?platform=zendesk')
    expect(body).toMatchObject([{ method: 'GET', path: '/api/v2/tickets/999', status: 404 }])
    expect((await control('GET', '/calls?platform=klaviyo')).body).toEqual([])
  })
})

describe('the control port', () => {
  it('shows people what it is and answers 501 to what is not built', async () => {
    const page = await (await fetch(sandbox.controlUrl)).text()
    expect(page).toContain('Nothing here sends real texts')
    const { status, body } = await control('POST', '/nonsense')
    expect([status, body.error]).toEqual([501, 'NotImplemented'])
  })
})
