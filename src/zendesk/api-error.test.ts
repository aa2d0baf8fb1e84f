import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { readZendeskError } from './api-error.ts'
import * as refusal from './refusal.ts'

const CLOSED = {
  error: 'RecordInvalid',
  description: 'Record validation errors',
  details: { status: [{ description: 'Status: closed prevents ticket update' }] },
}
const DUPLICATE = {
  error: 'RecordInvalid',
  description: 'Record validation errors',
  details: {
    email: [{ description: 'Email: x is already being used by y', error: 'DuplicateValue' }],
  },
}

describe('an error body', () => {
  it.each([
    [{ error: 'RecordNotFound', description: 'Not found' }, 'RecordNotFound', 'Not found'],
    [{ error: { title: 'Forbidden', message: 'You may not' } }, 'Forbidden', 'You may not'],
    [{ errors: [{ code: 'c', title: 't', detail: 'd' }] }, 'c', 'd'],
    [{ errors: [{ title: 't' }] }, null, 't'],
    [{ errors: [] }, null, null],
    [{ error: "Couldn't authenticate you" }, "Couldn't authenticate you", null],
    [
      { error: 'invalid_scope', error_description: 'no such scope' },
      'invalid_scope',
      'no such scope',
    ],
    [CLOSED, 'RecordInvalid', 'Record validation errors; Status: closed prevents ticket update'],
    [{ error: 'X', details: { base: { description: 'one' } } }, 'X', 'one'],
    [[], null, null],
    ['text', null, null],
    [null, null, null],
  ])('%j', (body, code, detail) => {
    expect(readZendeskError(body)).toEqual({ code, detail })
  })

  it('is read whatever it holds', () => {
    const body = fc.record({
      error: fc.jsonValue(),
      errors: fc.jsonValue(),
      details: fc.jsonValue(),
    })
    fc.assert(
      fc.property(body, (json) => {
        readZendeskError(json)
      }),
    )
  })
})

describe('what a refusal means', () => {
  function refused(status: number, body: { error?: unknown }): ApiProblem {
    const { code } = readZendeskError(body)
    return { kind: 'refused', touched: 'no', status, code, detail: '', body }
  }

  it.each([
    ['isClosedTicket', refused(422, CLOSED)],
    ['isNotFound', refused(404, { error: 'RecordNotFound' })],
    ['isDuplicateUser', refused(422, DUPLICATE)],
    ['isIdempotencyInProgress', refused(409, { error: 'IdempotentRequestInProgress' })],
    ['isIdempotencyMismatch', refused(400, { error: 'IdempotentRequestError' })],
  ] as const)('only %s recognises its own', (name, problem) => {
    const recognised = Object.entries(refusal).filter(([, classify]) => classify(problem))
    expect(recognised.map(([key]) => key)).toEqual([name])
  })

  it.each([
    [refused(404, { error: 'InvalidEndpoint' })],
    [refused(404, {})],
    [refused(422, { error: 'RecordInvalid' })],
    [refused(409, { error: 'UpdateConflict' })],
    [{ kind: 'unauthorised', touched: 'no', detail: 'closed prevents ticket update' } as const],
  ])('none recognises %j', (problem) => {
    expect(Object.values(refusal).some((classify) => classify(problem))).toBe(false)
  })
})
