/** One thing to put right in the form: the setting that it is about, when it names one, and what is wrong. */
export type Wrong = { readonly setting: string | null; readonly says: string }

/** A setting's path, as the bridge's file writes it, in the form's words. The first that fits counts. */
const FIELDS: readonly (readonly [RegExp, (row: number) => string])[] = [
  [/^name$/, () => 'Name of the bridge'],
  [/^tickets\.brands/, () => 'Tickets, brands'],
  [/^sms\.brand$/, () => 'Brand under which tickets are created'],
  [/^sms\.routes\.(\d+)\.brand$/, (row) => `Numbers, row ${row}, brand`],
  [/^sms\.routes\.(\d+)\.tags/, (row) => `Numbers, row ${row}, tags`],
  [/^sms\.routes\.(\d+)/, (row) => `Numbers, row ${row}`],
  [/^sms\.routes$/, () => 'Numbers'],
  [/^sms\.tags/, () => 'Tags on these tickets'],
  [/^sms\.keywords\.subscribe/, () => 'Subscribe keywords'],
  [/^sms\.keywords\.automation/, () => 'Keywords that start an automation'],
  [/^sms\.keywordHoldSeconds$/, () => 'Seconds to hold a text that could be a keyword'],
]

const NAMED = /^(\w+(?:\.\w+)*): (.+)$/s

/** Takes a refusal apart: `sms.routes.0.number: …; tickets.brands: …`. */
export function wrongsIn(sentence: string): readonly Wrong[] {
  const wrongs: Wrong[] = []
  for (const part of sentence.split('; ')) {
    const [, path = '', says = ''] = NAMED.exec(part) ?? []
    const setting = path.charAt(0).toLowerCase() + path.slice(1)
    const last = wrongs.at(-1)
    if (labelOf(setting) !== null) wrongs.push({ setting, says })
    else if (last === undefined) wrongs.push({ setting: null, says: part })
    else wrongs.push({ ...(wrongs.pop() ?? last), says: `${last.says}; ${part}` })
  }
  return wrongs
}

/** What is wrong, with the field's label before it. */
export function inFormWords({ setting, says }: Wrong): string {
  const label = setting === null ? null : labelOf(setting)
  return label === null ? says : `${label}: ${says}`
}

/** What is wrong with each row of the numbers. */
export function wrongRows(wrongs: readonly Wrong[]): ReadonlyMap<number, string> {
  return new Map(
    wrongs.flatMap(({ setting, says }) => {
      const row = /^sms\.routes\.(\d+)\.number$/.exec(setting ?? '')?.[1]
      return row === undefined ? [] : [[Number(row), says] as const]
    }),
  )
}

function labelOf(setting: string): string | null {
  for (const [path, label] of FIELDS) {
    const found = path.exec(setting)
    if (found !== null) return label(Number(found[1] ?? 0) + 1)
  }
  return null
}
