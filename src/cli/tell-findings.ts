import { type Finding, tallyOf } from '../doctor/finding.ts'

type State = Finding['state']

/** A sign and a word, so that neither colour nor a font is needed. */
const SIGNS: Readonly<Record<State, string>> = {
  problem: '!! problem',
  warning: ' ! warning',
  unknown: ' ? unknown',
  ok: '   fine   ',
}
const ORDER = ['problem', 'warning', 'unknown', 'ok'] as const
const AREAS = ['service', 'zendesk', 'klaviyo', 'bridge'] as const
const HEADINGS = { service: '', zendesk: 'Zendesk: ', klaviyo: 'Klaviyo: ', bridge: 'Bridge: ' }
const INDENT = ' '.repeat(14)

/** Findings as a person reads them in a terminal: by what they are about, the worst first. */
export function tellFindings(findings: readonly Finding[]): string {
  const groups = Map.groupBy(
    findings.toSorted((a, b) => AREAS.indexOf(a.area) - AREAS.indexOf(b.area)),
    ({ area, about }) => (area === 'service' ? 'Service' : `${HEADINGS[area]}${about}`),
  )
  const blocks = [...groups].map(([heading, group]) =>
    [
      heading,
      ...group
        .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
        .flatMap(tellFinding),
    ].join('\n'),
  )
  return [...blocks, closingLine(findings)].join('\n\n')
}

function tellFinding({ state, says, remedy, without }: Finding): readonly string[] {
  return [
    `  ${SIGNS[state]}  ${says}`,
    ...(remedy === null
      ? []
      : [`${INDENT}${state === 'unknown' ? 'To know' : 'To mend it'}: ${remedy}`]),
    ...(without === null ? [] : [`${INDENT}Until then: ${without}`]),
  ]
}

function closingLine(findings: readonly Finding[]): string {
  const { problem, warning, unknown, ok } = tallyOf(findings)
  const counts = [
    counted(problem, 'problem', 'problems'),
    counted(warning, 'warning', 'warnings'),
    `${unknown} unknown`,
    `${ok} fine`,
  ].join(', ')
  return problem === 0 ? `In order: ${counts}.` : `Not in order: ${counts}.`
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
