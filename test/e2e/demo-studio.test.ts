import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutsideWorld, eventually } from '../../src/cli/demo/outside-world.ts'
import { readBridgeFile } from '../../src/connections/read-bridge-file.ts'
import type { Decisions, Story } from '../../src/sandbox/studio/host.ts'
import { type DemoProcess, startDemo } from '../support/demo-process.ts'

const SARAH = '+14155550111'
const BRAND_NUMBER = '+18005550100'

/** What the studio can do where a service runs beside it, by the calls that its page makes. */
describe('the studio of the demo', () => {
  let demo: DemoProcess

  beforeAll(async () => {
    demo = await startDemo()
  })
  afterAll(() => demo?.close())

  async function ask<Answer>(method: string, path: string): Promise<Answer> {
    const response = await fetch(`${demo.url}/studio${path}`, { method })
    expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true)
    return (await response.json()) as Answer
  }
  const story = () => ask<Story>('GET', '/story')
  const kinds = async () => (await story()).steps.map(({ outcome }) => outcome.kind)
  const idle = () => eventually('the end of it', async () => (await story()).busy === null)
  const says = async (...ids: readonly string[]) => {
    const query = ids.map((id) => `id=${encodeURIComponent(id)}`).join('&')
    const found = await ask<Decisions>('GET', `/decisions?${query}`)
    return found.kind === 'known' ? found.decisions.map((decision) => decision.says) : [found.kind]
  }

  it('shows the story as it was played at the start, with why for each text', async () => {
    const { steps } = await story()
    expect(new Set(steps.map(({ outcome }) => outcome.kind))).toEqual(new Set(['seen']))
    const first = steps[0]?.outcome
    const eventIds = first?.kind === 'seen' ? first.touched.eventIds : []
    expect(await says(...eventIds)).toEqual(['The customer had no ticket: one was made.'])
  })

  it("gives a file that is a whole bridge, once the reader's secrets are there", async () => {
    const { text } = await ask<{ text: string }>('GET', '/bridge-file')
    const read = readBridgeFile(text, {
      ZENDESK_SUBDOMAIN: 'polar',
      ZENDESK_CLIENT_ID: 'client',
      ZENDESK_CLIENT_SECRET: 'secret',
      KLAVIYO_API_KEY: 'pk_ours',
    })
    expect(read).toMatchObject({
      ok: true,
      value: { sms: { brand: 'Nordlys', routes: [{ brand: 'Fjell', tags: ['fjell'] }] } },
    })
  })

  it('loses no text that is sent while the plug is out', async () => {
    const world = createOutsideWorld(demo.url)
    await ask('POST', '/service/kill')
    await world.texts(SARAH, BRAND_NUMBER, 'Is anybody there?')
    await eventually('the text on a ticket', async () => {
      const tickets = await Promise.all((await world.tickets()).map(({ id }) => world.ticket(id)))
      return tickets.some(({ comments }) =>
        comments.some(({ body }) => body === 'Is anybody there?'),
      )
    })
    expect(await ask('GET', '/host')).toMatchObject({ service: { kind: 'up', endings: 1 } })
  })

  it('plays a step again on a new world, with what it needs', async () => {
    await ask('POST', '/story/2/play')
    await idle()
    const [first, second, third] = (await story()).steps.map(({ outcome }) => outcome)
    expect(first).toMatchObject({ kind: 'seen' })
    expect(second, JSON.stringify(second)).toMatchObject({ kind: 'seen' })
    expect(third).toEqual({ kind: 'not_played' })
    const world = createOutsideWorld(demo.url)
    expect(await world.phone(SARAH)).toHaveLength(2)
  })

  it('starts over, and the bridge forgets', async () => {
    await ask('POST', '/start-over')
    expect(new Set(await kinds())).toEqual(new Set(['not_played']))
    const world = createOutsideWorld(demo.url)
    expect(await world.phone(SARAH)).toEqual([])
    await world.texts(SARAH, BRAND_NUMBER, 'Hello again')
    await eventually('a ticket for what is a first text once more', async () => {
      const profile = await fetch(`${demo.url}/control/profiles/${encodeURIComponent(SARAH)}`)
      const { events } = (await profile.json()) as { events: readonly { id: string }[] }
      return (await says(events[0]?.id ?? '')).includes('The customer had no ticket: one was made.')
    })
  })
})
