import { describe, expect, it } from 'vitest'
import type { Problem } from '../api/queries.ts'
import { shownOf } from './kept.ts'

const problem = (id: string, at: string, interventions = 0) =>
  ({ id, at, interventions: Array.from({ length: interventions }) }) as unknown as Problem
const A = problem('a', '2026-11-22T10:00:00Z')
const B = problem('b', '2026-11-22T11:00:00Z')
const shown = (...args: Parameters<typeof shownOf>) =>
  shownOf(...args).map((row) => `${row.problem.id} ${row.now ?? 'open'}`)

describe('the list of problems', () => {
  it('keeps what was dealt with here in its place, when the service lists it no more', () => {
    expect(shown([A], [{ problem: B, now: 'Sent.' }])).toEqual(['b Sent.', 'a open'])
  })

  it('shows it as dealt with while an older answer still lists it', () => {
    expect(shown([B, A], [{ problem: B, now: 'Sent.' }])).toEqual(['b Sent.', 'a open'])
  })

  it('shows it as a problem when it failed again', () => {
    const again = problem('b', B.at, 1)
    expect(shown([again], [{ problem: B, now: 'Sent.' }])).toEqual(['b open'])
  })

  it('keeps what was refused, so that its sentence can be read', () => {
    expect(shown([], [{ problem: A, now: null }])).toEqual(['a open'])
  })
})
