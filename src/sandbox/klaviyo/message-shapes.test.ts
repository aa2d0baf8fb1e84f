import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createStory, createTestKlaviyo, SARAH, type TestKlaviyo } from './test-support.ts'

let test: TestKlaviyo
let story: ReturnType<typeof createStory>
let events = 0

beforeEach(() => {
  test = createTestKlaviyo()
  story = createStory(test)
  events = 0
})
afterEach(() => test.close())

/** The properties of the newest event of a metric, under a switch. */
async function under(
  settings: Readonly<Record<string, string>>,
  metric: string,
): Promise<Record<string, unknown>> {
  for (const [name, value] of Object.entries(settings)) test.world.settings.set(name, value)
  await story.texts(SARAH, 'Hello')
  await test.control('POST', '/control/inbox/replies', { number: SARAH, body: 'Hi' })
  events += 2
  await story.settle(events)
  const path = `/control/events?metric=${encodeURIComponent(metric)}`
  const found = await test.control<{ properties: Record<string, unknown> }[]>('GET', path)
  return found.at(-1)?.properties ?? {}
}

describe('what events of messages hold', () => {
  it.each(['Sent Text Message', 'Received Text Message'])(
    'has one spelling or the other: %s',
    async (metric) => {
      const usual = await under({}, metric)
      expect(usual).toMatchObject({ 'Message Body': expect.any(String) })
      const other = await under({ message_properties: 'snake_case' }, metric)
      expect(other).toMatchObject({ message_body: usual['Message Body'] })
      for (const name of ['from_number', 'to_number', 'from_phone_region'])
        expect(other).toHaveProperty(name)
      for (const name of ['Message Body', 'From Number', 'To Number'])
        expect(other).not.toHaveProperty([name])
    },
  )

  it('names a message of a conversation by an id, or does not', async () => {
    expect(await under({}, 'Received Text Message')).not.toHaveProperty('$message')
    const named = await under({ reply_message_id: 'present' }, 'Received Text Message')
    expect(named.$message).toEqual(expect.any(String))
  })
})
