import { describe, expect, it } from 'vitest'
import { instant } from '../../kernel/instant.ts'
import { INBOUND } from '../../klaviyo/testing/event-delivery.ts'
import { propertyNames } from '../property-names.ts'
import { judgeMessageProperties } from './message-properties.ts'
import { judgeNumbers } from './settings.ts'

const states = (judged: readonly { readonly state: string }[]) => judged.map(({ state }) => state)

describe('sending numbers', () => {
  it.each([
    ['nothing was texted', ['+14155550101'], [], ['unknown']],
    ['all routes were texted', ['+14155550101'], ['+14155550101', '55501'], ['ok']],
    ['a route was not', ['+14155550101'], ['55501'], ['ok', 'warning']],
    ['a text named no number', [], ['', '55501'], ['ok', 'warning']],
    ['no text named any', ['+14155550101'], [''], ['warning', 'warning']],
  ])('where %s', (_, routes, seen, expected) => {
    expect(states(judgeNumbers(routes, seen))).toEqual(expected)
  })
})

describe('the properties of the last text', () => {
  const at = instant(0)

  it.each([
    ['all that is read', Object.keys(INBOUND), 'ok'],
    ['other spellings', ['message_body', 'from_number', 'to_number'], 'ok'],
    ['no number that was texted', ['Message Body', 'From Number'], 'warning'],
    ['no words', ['From Number', 'To Number', 'Text'], 'problem'],
    ['no sender', ['Message Body', 'To Number'], 'problem'],
    ['nothing', [], 'problem'],
  ])('with %s', (_, names, state) => {
    const judged = judgeMessageProperties({ at, names })
    expect(judged.state).toBe(state)
    for (const name of names) expect(judged.says).toContain(name)
  })

  it('are not known before the first text', () => {
    expect(judgeMessageProperties(null)).toMatchObject({
      state: 'unknown',
      remedy: expect.stringMatching(/^Text one of your numbers/),
    })
  })

  it('are named without their values', () => {
    const stored = { payload: { data: { attributes: { event_properties: INBOUND } } } }
    expect(propertyNames(stored)).toEqual(Object.keys(INBOUND))
  })

  it.each([null, 7, {}, { payload: { data: 7 } }])('of %j are none', (stored) => {
    expect(propertyNames(stored)).toEqual([])
  })
})
