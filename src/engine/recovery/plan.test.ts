import { describe, expect, it } from 'vitest'
import type { Reason } from '../../conversations/reasons.ts'
import type { About, EffectRow, WorkItem } from '../../db/records.ts'
import type { EffectId } from '../../kernel/ids.ts'
import { EARLIER_FAILED } from '../outcome.ts'
import { isFailing, planReplay, planRetry } from './plan.ts'

const row = (ordinal: number, kind: string, given: Partial<EffectRow> = {}): EffectRow =>
  ({
    id: `effect-${ordinal}`,
    ordinal,
    effect: { kind, body: 'Hej' },
    state: 'done',
    reason: null,
    delivery: null,
    isDismissed: false,
    ...given,
  }) as unknown as EffectRow
const gaveUp = { state: 'gave_up', reason: 'Zendesk refused' } as const
const id = (ordinal: number) => `effect-${ordinal}` as EffectId

const work = (about: About, state: WorkItem['state'] = 'done', reason: Reason | null = null) => ({
  ...{ about, state, reason, wasDecided: true },
})

describe('a failed effect that is tried again', () => {
  it('of a text is sent as another effect', () => {
    const plan = planRetry(work('comment'), [row(0, 'send_text', gaveUp)], id(0), {})
    expect(plan).toEqual({
      ok: true,
      value: {
        ...{ reviveTo: 'decided', dismiss: [id(0)], reset: [] },
        add: { kind: 'send_text', body: 'Hej' },
      },
    })
  })

  it('of a text that did not arrive needs nobody to say that it may arrive twice', () => {
    const effects = [row(0, 'send_text', { delivery: 'failed' })]
    expect(planRetry(work('comment'), effects, id(0), {})).toMatchObject({ ok: true })
  })

  it('of a text can have other words', () => {
    const plan = planRetry(work('comment'), [row(0, 'send_text', gaveUp)], id(0), { text: 'Nej' })
    expect(plan).toMatchObject({ value: { add: { body: 'Nej' } } })
  })

  it('of a customer’s text that is on no ticket is decided again', () => {
    const effects = [row(0, 'ensure_end_user'), row(1, 'create_ticket', gaveUp)]
    expect(planRetry(work('customer_message'), effects, id(1), {})).toMatchObject({
      value: { reviveTo: 'open', dismiss: [id(1)], reset: [], add: null },
    })
  })

  it('of a customer’s text that is on a ticket is tried as it is, with what depends on it', () => {
    const effects = [
      row(0, 'create_ticket'),
      row(1, 'ensure_end_user', gaveUp),
      row(2, 'add_note', { ...gaveUp, reason: EARLIER_FAILED.because }),
      row(3, 'add_note', gaveUp),
    ]
    expect(planRetry(work('customer_message'), effects, id(1), {})).toMatchObject({
      value: { reviveTo: 'decided', dismiss: [], reset: [id(1), id(2)], add: null },
    })
  })

  it.each<[string, Parameters<typeof planRetry>, string]>([
    [
      'of which nobody knows, without a word that it may arrive twice',
      [work('comment'), [row(0, 'send_text', { state: 'unknown' })], id(0), {}],
      'may_arrive_twice',
    ],
    ['that went well', [work('comment'), [row(0, 'send_text')], id(0), {}], 'went_well'],
    [
      'after which something else was decided',
      [work('comment'), [row(0, 'add_comment', { ...gaveUp, reason: 'ticket_gone' })], id(0), {}],
      'went_well',
    ],
    [
      'that somebody dealt with',
      [work('comment'), [row(0, 'send_text', { ...gaveUp, isDismissed: true })], id(0), {}],
      'dealt_with',
    ],
    [
      'whose work goes on',
      [work('comment', 'decided'), [row(0, 'send_text', gaveUp)], id(0), {}],
      'under_way',
    ],
    [
      'with other words than the customer’s',
      [work('customer_message'), [row(0, 'add_comment', gaveUp)], id(0), { text: 'x' }],
      'only_texts_are_edited',
    ],
    ['of another work', [work('comment'), [row(0, 'send_text', gaveUp)], id(7), {}], 'not_found'],
  ])('is left alone: one %s', (_which, given, why) => {
    expect(planRetry(...given)).toEqual({ ok: false, problem: why })
  })
})

describe('an event that is replayed', () => {
  it.each<[string, Parameters<typeof planReplay>, object]>([
    [
      'is decided again when nothing came of it and something could have changed that',
      [work('customer_message', 'done', 'sms_not_enabled'), [], false],
      { value: { reviveTo: 'open' } },
    ],
    [
      'is left when nothing could have changed it',
      [work('comment', 'done', 'internal_note'), [], false],
      { problem: 'went_well' },
    ],
    [
      'is left among many when a person discarded it',
      [work('comment', 'done', 'discarded'), [], false],
      { problem: 'went_well' },
    ],
    [
      'is decided again when a person discarded it and now names it',
      [work('comment', 'done', 'discarded'), [], true],
      { value: { reviveTo: 'open' } },
    ],
    [
      'is decided again all the same when a person named it',
      [work('comment', 'done', 'internal_note'), [], true],
      { value: { reviveTo: 'open' } },
    ],
    [
      'is left when it was done',
      [work('comment', 'done', 'reply_sent'), [row(0, 'send_text')], true],
      { problem: 'went_well' },
    ],
    [
      'is left when it settled a text: another one would be settled',
      [work('text_settlement', 'done', 'settled_a_text'), [], true],
      { problem: 'went_well' },
    ],
    [
      'is tried again when it failed',
      [work('comment', 'done', 'reply_sent'), [row(0, 'send_text', gaveUp)], false],
      { value: { reviveTo: 'decided', dismiss: [id(0)] } },
    ],
    [
      'is left when it may have arrived',
      [work('comment', 'done', 'reply_sent'), [row(0, 'send_text', { state: 'unknown' })], true],
      { problem: 'may_arrive_twice' },
    ],
    ['goes on where it was set aside', [work('comment', 'set_aside'), [], false], { ok: true }],
    [
      'is left while it is worked on',
      [work('comment', 'open'), [], true],
      { problem: 'under_way' },
    ],
  ])('%s', (_how, given, plan) => {
    expect(planReplay(...given)).toMatchObject(plan)
  })
})

it('a failure is one until a person deals with it', () => {
  expect(isFailing(row(0, 'send_text', gaveUp))).toBe(true)
  expect(isFailing(row(0, 'send_text', { ...gaveUp, isDismissed: true }))).toBe(false)
})
