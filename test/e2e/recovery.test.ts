import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ticketWith } from '../../src/cli/demo/look.ts'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import { ALVA, BRAND_NUMBER, PHONE_ONLY, SARAH } from '../../src/cli/demo/people.ts'
import type { components } from '../../web/window/api/schema.d.ts'
import { type Operator, operatorOf } from '../support/operator.ts'
import { type Stack, startStack } from '../support/stack.ts'

type Problem = components['schemas']['Problem']
type Tally = components['schemas']['Tally']
type Stories = { events: readonly components['schemas']['Event'][] }

let stack: Stack
let ask: Operator

beforeAll(async () => {
  stack = await startStack()
  ask = await operatorOf(stack)
})
afterEach(() => stack.control('DELETE', '/faults'))
afterAll(() => stack?.close())

const overview = async () =>
  (
    (await ask('GET', '/overview')).body as {
      bridges: readonly components['schemas']['BridgeOverview'][]
    }
  ).bridges[0] as components['schemas']['BridgeOverview']
const problems = async () =>
  ((await ask('GET', '/problems')).body as { problems: readonly Problem[] }).problems
/** The one problem about these words, once it is there. */
const problemAbout = (words: string) =>
  eventually(`a problem about ${words}`, async () =>
    (await problems()).find(({ text }) => text?.includes(words)),
  )
const isGone = (words: string) =>
  eventually(`no problem about ${words}`, async () =>
    (await problems()).every(({ text }) => !text?.includes(words)),
  )
const refuses = (platform: string, path: string, status: number, times: number, body: unknown) =>
  stack.control('POST', '/faults', {
    ...{ platform, match: { method: 'POST', path }, times },
    fault: { status, body },
  })
const refusesTexts = (times: number) =>
  refuses('klaviyo', '/api/conversation-messages', 400, times, {
    errors: [{ id: 'x', status: 400, code: 'invalid', title: 'Invalid', detail: 'Too spicy.' }],
  })
const refusesTickets = (times: number) =>
  refuses('zendesk', '/api/v2/tickets', 422, times, {
    error: 'RecordInvalid',
    description: 'Record validation errors',
    details: { requester: [{ description: 'Requester is suspended.', error: 'Suspended' }] },
  })

const textsTo = async (number: string, body: string) =>
  (await stack.world.phone(number)).filter(
    (message) => message.direction === 'received' && message.body === body,
  )
const arrives = (number: string, body: string) =>
  eventually(`${body} on ${number}`, async () => (await textsTo(number, body)).length > 0)
const commentsWith = async (words: string) => {
  const tickets = await stack.world.tickets()
  const whole = await Promise.all(tickets.map(({ id }) => stack.world.ticket(id)))
  return whole.flatMap(({ id, comments }) =>
    comments.filter(({ body }) => body.includes(words)).map((comment) => ({ ...comment, on: id })),
  )
}
const reply = (id: number, body: string) =>
  stack.world.comments(id, { agentEmail: ALVA, body, public: true })

describe('an answer that Klaviyo refused', () => {
  let ticketId: number
  beforeAll(async () => {
    await stack.world.texts(SARAH, BRAND_NUMBER, 'Where is my parcel?')
    ticketId = (await ticketWith(stack.world, 'Where is my parcel?')).id
  })

  it('is listed with its cause and the exchange, without secrets or numbers', async () => {
    await refusesTexts(1)
    await reply(ticketId, 'Tomorrow at noon.')
    const problem = await problemAbout('Tomorrow at noon.')
    expect(problem).toMatchObject({ what: 'gave_up', ways: ['retry', 'edit', 'discard'] })
    expect(problem.cause).toContain('Too spicy.')
    expect(problem.attempts.at(-1)?.exchange).toMatchObject({
      ...{ method: 'POST', path: '/api/conversation-messages', status: 400 },
      sent: { data: { attributes: { body: 'Tomorrow at noon.' } } },
      answer: { errors: [{ detail: 'Too spicy.' }] },
    })
    expect(JSON.stringify(problem.attempts)).not.toContain('pk_sandbox')
  })

  it('goes out once when it is tried again, and leaves the list', async () => {
    const { id, event } = await problemAbout('Tomorrow at noon.')
    const note = 'The filter is mended.'
    expect(await ask('POST', `/problems/${id}/retry`, { note })).toMatchObject({ status: 200 })
    await arrives(SARAH, 'Tomorrow at noon.')
    await isGone('Tomorrow at noon.')
    expect(await ask('POST', `/problems/${id}/retry`, {})).toMatchObject({
      status: 409,
      body: { why: 'dealt_with' },
    })
    expect(await textsTo(SARAH, 'Tomorrow at noon.')).toHaveLength(1)
    expect(await stack.cli('why', event.id)).toContain(`token tester: retry, ${note}`)
  })

  it('goes out in other words', async () => {
    await refusesTexts(1)
    await reply(ticketId, 'Bloody soon.')
    const { id } = await problemAbout('Bloody soon.')
    expect(await ask('POST', `/problems/${id}/retry`, { text: ' ' })).toMatchObject({ status: 400 })
    await ask('POST', `/problems/${id}/retry`, { text: 'Very soon.' })
    await arrives(SARAH, 'Very soon.')
    expect(await textsTo(SARAH, 'Bloody soon.')).toEqual([])
  })

  it('is taken off the list, and nothing is sent', async () => {
    await refusesTexts(1)
    await reply(ticketId, 'Never mind.')
    const { id } = await problemAbout('Never mind.')
    expect(await stack.cli('discard', id)).toContain('1 discarded')
    await isGone('Never mind.')
    expect(await ask('POST', `/problems/${id}/discard`, {})).toMatchObject({ status: 409 })
    await reply(ticketId, 'A later one.')
    await arrives(SARAH, 'A later one.')
    expect(await textsTo(SARAH, 'Never mind.')).toEqual([])
  })

  it('of which nobody knows is sent again only when a person says so', async () => {
    await stack.control('POST', '/faults', {
      ...{ platform: 'klaviyo', match: { method: 'POST', path: '/api/conversation-messages' } },
      ...{ times: 1, fault: { reset: 'before' } },
    })
    await reply(ticketId, 'Did you get this?')
    await eventually('the wait for a report', async () =>
      (await overview()).waiting.some((group) =>
        group.for.includes('waiting for Klaviyo to report'),
      ),
    )
    await stack.control('POST', '/clock', { advanceMs: 130_000 })
    const { id, event } = await problemAbout('Did you get this?')
    const alone = await ask('POST', `/problems/${id}/retry`, {})
    expect(alone).toMatchObject({ status: 409, body: { why: 'may_arrive_twice' } })
    const { body } = await ask('POST', '/problems/retry', { since: '2020-01-01T00:00:00Z' })
    expect((body as Tally).left).toMatchObject([{ id, why: 'may_arrive_twice' }])
    expect(await textsTo(SARAH, 'Did you get this?')).toEqual([])
    await stack.cli('retry', id, '--may-arrive-twice')
    await arrives(SARAH, 'Did you get this?')
    await isGone('Did you get this?')
    expect(await stack.cli('why', event.id)).toContain('the command line: retry')
  })
})

describe('texts that Zendesk refused', () => {
  it('are on one ticket when they are tried again together', async () => {
    await refusesTickets(2)
    await stack.world.texts(PHONE_ONLY, BRAND_NUMBER, 'First of two')
    await problemAbout('First of two')
    await stack.world.texts(PHONE_ONLY, BRAND_NUMBER, 'Second of two')
    const second = await problemAbout('Second of two')
    expect(second.attempts.at(-1)?.exchange).toMatchObject({ status: 422 })
    expect(await ask('POST', `/problems/${second.id}/retry`, { text: 'No' })).toMatchObject({
      status: 409,
      body: { why: 'only_texts_are_edited' },
    })
    expect(await stack.cli('retry', '--since', '1d')).toContain('2 tried again')
    await isGone('of two')
    await eventually('both texts', async () => (await commentsWith('of two')).length >= 2)
    const found = await commentsWith('of two')
    expect(found.map(({ body }) => body)).toEqual(['First of two', 'Second of two'])
    expect(new Set(found.map(({ on }) => on)).size).toBe(1)
  })

  it('without saying why are on a new ticket when theirs had been closed', async () => {
    const [first] = await commentsWith('First of two')
    const closed = first?.on ?? 0
    await stack.control('POST', '/webhooks', { platform: 'zendesk', drop: 1 })
    await stack.world.setsStatus(closed, 'closed')
    await stack.control('POST', '/webhooks', { platform: 'zendesk', drop: 0 })
    await stack.control('POST', '/faults', {
      ...{ platform: 'zendesk', match: { method: 'PUT', path: `/api/v2/tickets/${closed}` } },
      ...{ times: 1, fault: { status: 422, body: 'Unprocessable' } },
    })
    await stack.world.texts(PHONE_ONLY, BRAND_NUMBER, 'After the close')
    const [after] = await eventually('the text', async () => {
      const found = await commentsWith('After the close')
      return found.length > 0 && found
    })
    expect(after?.on).toBeGreaterThan(closed)
  })
})

describe('a replay', () => {
  const bridge = async (sms: boolean) => {
    const { bridges } = (await ask('GET', '/bridges')).body as {
      bridges: readonly { name: string; zendeskId: string; klaviyoId: string; settings: object }[]
    }
    const [{ name, settings, zendeskId, klaviyoId }] = bridges as [(typeof bridges)[number]]
    const enabled = { ...(settings as { sms: object }).sms, enabled: sms }
    const choices = { ...settings, sms: enabled, zendeskId, klaviyoId }
    expect(await ask('PUT', `/bridges/${name}`, choices)).toMatchObject({ status: 200 })
  }

  let sent = 0
  /** The words of a text that made nothing because texts are off; null while the service still takes them. */
  const textIgnored = async () => {
    sent += 1
    const words = `Anybody there? ${sent}.`
    const { eventId } = await stack.world.texts(SARAH, BRAND_NUMBER, words)
    const reason = await eventually('a decision', async () => {
      const { status, body } = await ask('GET', `/events/${eventId}`)
      return status === 200 && (body as Stories).events[0]?.work[0]?.reason
    })
    return reason === 'sms_not_enabled' && words
  }

  it('decides again what came while texts were switched off, and does nothing twice', async () => {
    await bridge(false)
    const words = await eventually('the switch to be noticed', textIgnored)
    await bridge(true)
    expect(await stack.cli('replay', '--since', '2d')).toContain('1 decided again')
    await eventually('the text', async () => (await commentsWith(words)).length > 0)
    expect(await stack.cli('replay', '--since', '2d')).toContain('0 decided again')
    const again = await ask('POST', '/events/replay', { since: '2020-01-01T00:00:00Z' })
    expect(again.body).toMatchObject({ done: 0, next: null })
    expect(await commentsWith(words)).toHaveLength(1)
  })

  it.each([
    ['POST', '/events/replay', {}, 400, 'since'],
    ['POST', '/problems/retry', {}, 400, 'since'],
    ['POST', '/problems/discard', { since: 'yesterday' }, 400, 'since'],
    ['POST', '/problems/retry', { ids: ['nonsense'] }, 400, 'ids'],
    ['POST', `/problems/${crypto.randomUUID()}/retry`, {}, 404, 'id'],
    ['POST', `/events/${crypto.randomUUID()}/replay`, {}, 404, 'id'],
  ])('%s %s with %j is answered %i', async (method, path, body, status, names) => {
    const answer = await ask(method, path, body)
    expect(answer.status).toBe(status)
    expect((answer.body as { error: string }).error).toContain(names)
  })

  it.each([
    [['retry'], 'name the ids'],
    [['retry', 'nonsense'], 'nonsense is not an id'],
    [['replay', '--since', 'yesterday'], 'yesterday is no moment'],
    [['retry', '--since', '2h', '--text', 'x'], '--text changes one text'],
    [['discard', crypto.randomUUID()], '0 discarded, 1 left as it was'],
  ])('the command %j says what is wrong', async (args, words) => {
    const failed = await stack
      .cli(...args)
      .catch((error: { stderr: string; stdout: string }) => error)
    expect(typeof failed === 'string' ? 'it passed' : failed.stderr + failed.stdout).toContain(
      words,
    )
  })
})
