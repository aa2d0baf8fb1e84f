import { describe, expect, it } from 'vitest'
import { parseFilter } from './filter.ts'

const rules = { metric_id: ['equals'], datetime: ['greater-or-equal', 'less-than'], email: ['any'] }

describe('a filter', () => {
  it.each([
    ['equals(metric_id,"ABC123")', [{ operator: 'equals', field: 'metric_id', value: 'ABC123' }]],
    ["equals(metric_id,'ABC123')", [{ operator: 'equals', field: 'metric_id', value: 'ABC123' }]],
    [
      'equals(metric_id,["A","B"])',
      [{ operator: 'equals', field: 'metric_id', value: ['A', 'B'] }],
    ],
    [
      'any(email,["a,(b)@example.com", "c@example.com"])',
      [{ operator: 'any', field: 'email', value: ['a,(b)@example.com', 'c@example.com'] }],
    ],
    [
      'and(equals(metric_id,"A"),greater-or-equal(datetime,2026-07-24T00:00:00Z))',
      [
        { operator: 'equals', field: 'metric_id', value: 'A' },
        { operator: 'greater-or-equal', field: 'datetime', value: '2026-07-24T00:00:00Z' },
      ],
    ],
    [
      'equals(metric_id,"A"),less-than(datetime,2026-07-24T00:00:00Z)',
      [
        { operator: 'equals', field: 'metric_id', value: 'A' },
        { operator: 'less-than', field: 'datetime', value: '2026-07-24T00:00:00Z' },
      ],
    ],
    [
      'equals(metric_id,"say \\"hi\\"")',
      [{ operator: 'equals', field: 'metric_id', value: 'say "hi"' }],
    ],
  ])('%s is understood', (text, comparisons) => {
    expect(parseFilter(text, rules)).toEqual({ ok: true, comparisons })
  })

  it.each([
    'equals(phone_number,"+1")',
    'any(metric_id,["A"])',
    'equals(metric_id,"A"',
    'equals(metric_id)',
    'metric_id=A',
    '',
  ])('%j is refused', (text) => {
    expect(parseFilter(text, rules).ok).toBe(false)
  })
})
