import { StateBadge } from '../shared/state-badge.tsx'
import type { FindingState as State } from './group-findings.ts'

const LOOKS = {
  ok: { state: 'fine', word: 'Fine' },
  warning: { state: 'waiting', word: 'Warning', mark: '!' },
  problem: { state: 'failed', word: 'Problem', mark: '✕' },
  unknown: { state: 'unknown', word: 'Not known' },
} as const

/** The state of a finding, in the window's own look. */
export function FindingState({ state }: { readonly state: State }) {
  return <StateBadge {...LOOKS[state]} />
}
