/** One comparison of a `filter` parameter; several are joined by "and". */
export type Comparison = {
  readonly operator: string
  readonly field: string
  readonly value: string | readonly string[]
}

/** Compares a time, in milliseconds, with the one that the comparison names. */
export function passesTime(at: number, { operator, value }: Comparison): boolean {
  const limit = Date.parse(String(value))
  switch (operator) {
    case 'greater-than':
      return at > limit
    case 'greater-or-equal':
      return at >= limit
    case 'less-than':
      return at < limit
    case 'less-or-equal':
      return at <= limit
    default:
      return at === limit
  }
}

export type FilterRules = Readonly<Record<string, readonly string[]>>

type Parsed =
  | { readonly ok: true; readonly comparisons: readonly Comparison[] }
  | { readonly ok: false; readonly detail: string }

/**
 * Reads Klaviyo's filter language: `equals(field,"value")`, `any(field,["a","b"])`,
 * `greater-or-equal(datetime,2026-07-24T00:00:00Z)`, joined by `and(...)` or by commas.
 * https://developers.klaviyo.com/en/docs/filtering_
 */
export function parseFilter(text: string, rules: FilterRules): Parsed {
  const parts = readArguments(text)
  if (parts === null) return { ok: false, detail: 'The filter is not well formed.' }

  const comparisons: Comparison[] = []
  for (const part of parts) {
    const parsed = parseTerm(part, rules)
    if (!parsed.ok) return parsed
    comparisons.push(...parsed.comparisons)
  }
  return { ok: true, comparisons }
}

function parseTerm(text: string, rules: FilterRules): Parsed {
  const call = /^([a-z-]+)\(([\s\S]*)\)$/.exec(text)
  if (call === null) return { ok: false, detail: `'${text}' is not a filter.` }
  const [, operator = '', inside = ''] = call
  if (operator === 'and') return parseFilter(inside, rules)

  const [field = '', ...values] = readArguments(inside) ?? []
  const [given, ...rest] = operator === 'has' ? [''] : values
  if (!(rules[field] ?? []).includes(operator)) {
    return { ok: false, detail: `'${operator}' is not an allowed filter operator for '${field}'.` }
  }
  const value = given === undefined ? null : readValue(given)
  if (value === null || rest.length > 0) {
    return { ok: false, detail: `The value of '${field}' is not well formed.` }
  }
  return { ok: true, comparisons: [{ operator, field, value }] }
}

/** Splits at the commas that stand outside quotes, brackets and parentheses. */
function readArguments(text: string): string[] | null {
  const parts: string[] = []
  let current = ''
  let depth = 0
  let quote: string | null = null

  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (quote !== null && character === '\\') {
      current += character + (text[at + 1] ?? '')
      at += 1
      continue
    }
    quote = nextQuote(quote, character)
    if (quote === null) depth += depthChange(character)
    if (quote === null && depth === 0 && character === ',') {
      parts.push(current.trim())
      current = ''
    } else current += character
  }
  parts.push(current.trim())
  return quote === null && depth === 0 && parts.every((part) => part !== '') ? parts : null
}

function nextQuote(quote: string | null, character: string): string | null {
  if (character !== '"' && character !== "'") return quote
  if (quote === null) return character
  return quote === character ? null : quote
}

function depthChange(character: string): number {
  if ('(['.includes(character)) return 1
  return ')]'.includes(character) ? -1 : 0
}

function readValue(text: string): string | readonly string[] | null {
  const list = /^\[([\s\S]*)\]$/.exec(text)
  if (list === null) return unquote(text)
  const inside = (list[1] ?? '').trim()
  return inside === '' ? [] : (readArguments(inside)?.map(unquote) ?? null)
}

function unquote(text: string): string {
  const quoted = /^(["'])([\s\S]*)\1$/.exec(text)
  return quoted === null ? text : (quoted[2] ?? '').replace(/\\(.)/g, '$1')
}
