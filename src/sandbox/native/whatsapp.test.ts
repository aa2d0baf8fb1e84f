import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createTestNative,
  NEVER_SUBSCRIBED,
  SARAH,
  type TestNative,
  TOLL_FREE,
} from './native-for-tests.ts'

const DAY = 24 * 3_600_000

let native: TestNative

beforeEach(async () => {
  native = createTestNative()
  await native.install({ metrics: true, whatsapp: true })
})
afterEach(() => native.close())

const writes = (number: string, body: string) => native.texts(number, body, TOLL_FREE, 'whatsapp')

describe('a WhatsApp message (N77)', () => {
  it('makes a ticket without marketing consent', async () => {
    await writes(NEVER_SUBSCRIBED, 'Where is my parcel?')
    expect(await native.ticket()).toMatchObject({
      description: 'Where is my parcel?',
      tags: ['whatsapp'],
    })
  })

  it('that is a keyword makes none', async () => {
    await writes(SARAH, 'STOP')
    expect(await native.tickets()).toEqual([])
  })

  it('has a ticket apart from the same customer’s texts', async () => {
    await native.install({ sms: true })
    await native.texts(SARAH, 'By text')
    await writes(SARAH, 'By WhatsApp')
    expect((await native.tickets()).map(({ tags }) => tags)).toEqual([['sms'], ['whatsapp']])
  })

  it('is not synced by the choice of texts alone', async () => {
    await native.install({ sms: true, whatsapp: false })
    await writes(SARAH, 'By WhatsApp')
    expect(await native.tickets()).toEqual([])
  })
})

describe('an answer by WhatsApp (N77)', () => {
  it('is sent within 24 hours of the customer’s last message, and not later', async () => {
    await writes(SARAH, 'Where is my parcel?')
    const { id } = await native.ticket()
    native.world.clock.advance(DAY - 60_000)
    await native.comments(id, 'In time.')
    native.world.clock.advance(120_000)
    await native.comments(id, 'Too late.')
    expect((await native.received(SARAH)).map(({ body }) => body)).toEqual(['In time.'])
    expect(await native.events('Received WhatsApp')).toHaveLength(1)
  })
})
