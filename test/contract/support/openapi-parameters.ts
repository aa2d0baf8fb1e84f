import type { Node, Operation, Parameter } from './openapi-document.ts'

/** A parameter of a request with its value in the type that its schema asks for. */
export type GivenParameter = { readonly parameter: Parameter; readonly value: unknown }

type Given = {
  readonly operation: Operation
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** The parameters of a request, and what is wrong with their names. */
export function readParameters({ operation, path, headers }: Given): {
  readonly given: readonly GivenParameter[]
  readonly problems: readonly string[]
} {
  const url = new URL(path, 'http://localhost')
  const fromPath = valuesInPath(operation, url.pathname)
  const queried = [...new Set(url.searchParams.keys())]
  const declared = operation.parameters.map((parameter) => ({
    parameter,
    raw: rawValue(parameter, { fromPath, query: url.searchParams, headers }),
  }))

  const missing = declared
    .filter(({ parameter, raw }) => parameter.required && raw === null)
    .map(({ parameter }) => `${parameter.in} parameter ${parameter.name} is missing`)
  const undeclared = queried
    .filter((name) => !operation.parameters.some((parameter) => isFor(parameter, name)))
    .map((name) => `query parameter ${name} is undeclared`)
  return {
    problems: [...missing, ...undeclared],
    given: declared.flatMap(({ parameter, raw }) =>
      raw === null ? [] : [{ parameter, value: toTyped(raw, parameter.schema) }],
    ),
  }
}

/** Whether a path of a request fits the one that the document writes with `{names}`. */
export function fitsPath(template: string, path: string): boolean {
  return toPattern(template).test(path)
}

function toPattern(template: string): RegExp {
  const parts = template.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('([^/]+)')}$`)
}

function valuesInPath({ path: template }: Operation, path: string): Map<string, string> {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '')
  const values = toPattern(template).exec(path.replace(/(\.json|\/)$/, '')) ?? []
  return new Map(names.map((name, at) => [name, decodeURIComponent(values[at + 1] ?? '')]))
}

type Sources = {
  readonly fromPath: ReadonlyMap<string, string>
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
}

function rawValue({ name, in: place }: Parameter, sources: Sources): string | null {
  if (place === 'path') return sources.fromPath.get(name) ?? null
  if (place === 'header') return sources.headers[name.toLowerCase()] ?? null
  if (place !== 'query') return null
  const all = [...sources.query.getAll(name), ...sources.query.getAll(`${name}[]`)]
  return all.length === 0 ? null : all.join(',')
}

/** `page[size]` is also a part of an object called `page`. */
function isFor({ name, in: place, schema }: Parameter, given: string): boolean {
  if (place !== 'query') return false
  if (name === given || `${name}[]` === given) return true
  return schema.type === 'object' && given.startsWith(`${name}[`)
}

function toTyped(raw: string, schema: Node): unknown {
  switch (schema.type) {
    case 'integer':
    case 'number':
      return raw.trim() === '' || Number.isNaN(Number(raw)) ? raw : Number(raw)
    case 'boolean':
      return raw === 'true' ? true : raw === 'false' ? false : raw
    case 'array':
      return raw.split(',').map((part) => toTyped(part, (schema.items ?? {}) as Node))
    default:
      return raw
  }
}
