import type { Finding } from './examination.ts'

export type FindingState = Finding['state']

/** What was found of one account, bridge or the service itself. */
export type FindingGroup = {
  readonly key: string
  readonly heading: string
  /** What wants a person first, the worst on top. */
  readonly open: readonly Finding[]
  readonly fine: readonly Finding[]
  readonly worst: FindingState
}

const BY_WORST = ['problem', 'warning', 'unknown', 'ok'] as const
const AREAS = ['service', 'zendesk', 'klaviyo', 'bridge'] as const
const KINDS = { zendesk: 'Zendesk', klaviyo: 'Klaviyo', bridge: 'Bridge' } as const

/**
 * Findings by what they are about. While they still come in, groups stay in one order so that nothing
 * jumps; afterwards those with problems come first.
 */
export function groupFindings(
  findings: readonly Finding[],
  { isComplete }: { readonly isComplete: boolean },
): readonly FindingGroup[] {
  const groups = [...Map.groupBy(findings, ({ area, about }) => `${AREAS.indexOf(area)} ${about}`)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, found]) => toGroup(key, found))
  return isComplete ? groups.toSorted((a, b) => rank(a.worst) - rank(b.worst)) : groups
}

function toGroup(key: string, found: readonly Finding[]): FindingGroup {
  const open = found
    .filter(({ state }) => state !== 'ok')
    .toSorted((a, b) => rank(a.state) - rank(b.state))
  return {
    key,
    heading: headingOf(found[0]),
    open,
    fine: found.filter(({ state }) => state === 'ok'),
    worst: open[0]?.state ?? 'ok',
  }
}

function headingOf(finding: Finding | undefined): string {
  if (finding === undefined || finding.area === 'service') return 'Replyline itself'
  return `${KINDS[finding.area]}: ${finding.about}`
}

function rank(state: FindingState): number {
  return BY_WORST.indexOf(state)
}

/** One sentence for the whole. */
export function summaryOf(findings: readonly Finding[]): string {
  const count = (state: FindingState) => findings.filter((one) => one.state === state).length
  const parts = [
    ...counted(count('problem'), 'problem', 'problems'),
    ...counted(count('warning'), 'warning', 'warnings'),
  ]
  const unknown = count('unknown')
  const rest = `${count('ok')} fine${unknown === 0 ? '' : `, ${unknown} not known`}`
  return parts.length === 0 ? `Everything is in order: ${rest}.` : `${parts.join(', ')}; ${rest}.`
}

function counted(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
}
