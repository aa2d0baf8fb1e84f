import { type Answer, refuseInvalid, refuseNotEmulated } from './errors.ts'
import { complaintsAboutFields } from './fields.ts'
import { type Comparison, type FilterRules, parseFilter } from './filter.ts'

/** What an operation lets its callers ask for. */
export type QueryRules = {
  readonly filter?: FilterRules
  readonly include?: readonly string[]
  readonly sort?: readonly string[]
  readonly pageSize?: { readonly default: number; readonly max: number }
  /** What the documents allow and the sandbox has not built: 501 in place of 400. */
  readonly notEmulated?: NotEmulated
}

type NotEmulated = {
  readonly include?: readonly string[]
  readonly sort?: readonly string[]
  /** Fields that can be filtered by. */
  readonly filter?: readonly string[]
}

export type Query = {
  readonly filter: readonly Comparison[]
  readonly include: ReadonlySet<string>
  readonly sort: string | null
  readonly pageSize: number
  readonly cursor: string | null
  fieldsOf(type: string): readonly string[] | undefined
  additionalOf(type: string): readonly string[]
}

type Complaint = { readonly detail: string; readonly source: { readonly parameter: string } }

/** Reads the JSON:API parameters of a request, or answers 400 naming each wrong one. */
export function readQuery(
  url: URL,
  rules: QueryRules,
): { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly answer: Answer } {
  const parameters = url.searchParams
  const missing = findMissing(parameters, rules.notEmulated ?? {})
  if (missing !== null) return { ok: false, answer: refuseNotEmulated(missing) }
  const include = listOf(parameters.get('include')) ?? []
  const size = parameters.get('page[size]')
  const filterText = parameters.get('filter')
  const filter =
    filterText === null
      ? ({ ok: true, comparisons: [] } as const)
      : parseFilter(filterText, rules.filter ?? {})

  const complaints = [
    ...complaintsAboutInclude(include, rules),
    ...complaintsAboutSort(parameters.get('sort'), rules),
    ...complaintsAboutSize(size, rules),
    ...complaintsAboutFields(parameters),
    ...(filter.ok ? [] : [{ detail: filter.detail, source: { parameter: 'filter' } }]),
  ]
  if (complaints.length > 0 || !filter.ok)
    return { ok: false, answer: refuseInvalid(...complaints) }

  return {
    ok: true,
    query: {
      filter: filter.comparisons,
      include: new Set(include),
      sort: parameters.get('sort'),
      pageSize: size === null ? (rules.pageSize?.default ?? 20) : Number(size),
      cursor: parameters.get('page[cursor]'),
      fieldsOf: (type) => listOf(parameters.get(`fields[${type}]`)),
      additionalOf: (type) => listOf(parameters.get(`additional-fields[${type}]`)) ?? [],
    },
  }
}

function findMissing(parameters: URLSearchParams, missing: NotEmulated): string | null {
  const include = listOf(parameters.get('include'))?.find((name) => missing.include?.includes(name))
  if (include !== undefined) return `include=${include} here`
  const sort = parameters.get('sort')
  if (sort !== null && missing.sort?.includes(sort.replace(/^-/, ''))) return `sort=${sort} here`
  const filter = parameters.get('filter') ?? ''
  const field = missing.filter?.find((name) => filter.includes(`(${name},`))
  return field === undefined ? null : `a filter by ${field} here`
}

function listOf(text: string | null): string[] | undefined {
  if (text === null) return undefined
  return text.split(',').map((part) => part.trim())
}

function complaintsAboutInclude(include: readonly string[], rules: QueryRules): Complaint[] {
  return include
    .filter((name) => !(rules.include ?? []).includes(name))
    .map((name) => ({
      detail: `'${name}' is not an allowed include parameter for this resource.`,
      source: { parameter: 'include' },
    }))
}

function complaintsAboutSort(sort: string | null, rules: QueryRules): Complaint[] {
  if (sort === null || rules.sort?.includes(sort.replace(/^-/, ''))) return []
  return [{ detail: `'${sort}' is not an allowed sort field.`, source: { parameter: 'sort' } }]
}

function complaintsAboutSize(size: string | null, rules: QueryRules): Complaint[] {
  if (size === null) return []
  const source = { parameter: 'page[size]' }
  const max = rules.pageSize?.max
  if (max === undefined) {
    return [{ detail: "'page[size]' is not an allowed query parameter for this resource.", source }]
  }
  const isFine = /^\d+$/.test(size) && Number(size) >= 1 && Number(size) <= max
  if (isFine) return []
  const detail = `Page size must be an integer between 1 and ${max}.`
  return [{ detail, source }]
}
