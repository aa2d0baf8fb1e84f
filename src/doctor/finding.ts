import type { Judgement, State } from './judge/judgement.ts'

/** What a finding is about: the installation, an account of one platform, or a bridge. */
export type Area = 'service' | 'zendesk' | 'klaviyo' | 'bridge'

/** What one check found, with its remedy and what works without it. Holds no secret and no one's words. */
export type Finding = Judgement & {
  /** The check's name, the same in every release. */
  readonly check: string
  readonly area: Area
  /** `service`, an account's name or a bridge's. */
  readonly about: string
}

/** How many findings there are of each state. */
export type Tally = Readonly<Record<State, number>>

export function tallyOf(findings: readonly Finding[]): Tally {
  const count = (state: State) => findings.filter((finding) => finding.state === state).length
  return {
    ok: count('ok'),
    warning: count('warning'),
    problem: count('problem'),
    unknown: count('unknown'),
  }
}
