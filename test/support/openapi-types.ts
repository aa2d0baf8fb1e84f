/** A JSON Schema or a reference to one, as OpenAPI 3.1 holds it. */
type Schema = Readonly<Record<string, unknown>>
type Named<T> = Readonly<Record<string, T>>

export type OpenApiDocument = {
  readonly paths?: Named<Named<Operation>>
  readonly components?: { readonly schemas?: Named<Schema> }
}
type Operation = {
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required?: boolean
    readonly schema: Schema
  }[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Named<{ readonly content?: Content; readonly headers?: unknown }>
}
type Content = Named<{ readonly schema: Schema }>

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
const PLACES = ['query', 'header', 'path', 'cookie']

/** What says nothing about a value's type. */
const IGNORED = new Set(
  'description title format pattern default example examples deprecated minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems uniqueItems propertyNames discriminator'.split(
    ' ',
  ),
)
const KNOWN = new Set(
  '$ref type enum const properties required additionalProperties items anyOf oneOf allOf'.split(
    ' ',
  ),
)

/**
 * The `paths` and `components` interfaces that openapi-fetch takes, as TypeScript. Throws on a construct
 * that it does not know rather than guess.
 */
export function openApiTypes(document: OpenApiDocument): string {
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) =>
    property(path, pathItem(item)),
  )
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) =>
    property(name, typeOf(schema)),
  )
  return `export interface paths ${block(paths)}\nexport interface components { schemas: ${block(schemas)} }\n`
}

function pathItem(item: Named<Operation>): string {
  return block(
    Object.entries(item).map(([method, operation]) => {
      if (!METHODS.includes(method)) throw new Error(`a path item holds an unknown ${method}`)
      return property(method, operationType(operation))
    }),
  )
}

function operationType({ parameters = [], requestBody, responses }: Operation): string {
  const places = PLACES.map((place) => {
    const given = parameters.filter((parameter) => parameter.in === place)
    if (given.length === 0) return `${place}?: never`
    const fields = given.map(({ name, required = false, schema }) =>
      property(name, typeOf(schema), required),
    )
    const isNeeded = given.some(({ required }) => required === true)
    return property(place, block(fields), isNeeded)
  })
  const odd = parameters.find((parameter) => !PLACES.includes(parameter.in))
  if (odd !== undefined) throw new Error(`a parameter is in an unknown place: ${odd.in}`)
  const body =
    requestBody === undefined
      ? 'requestBody?: never'
      : property(
          'requestBody',
          block([property('content', contentType(requestBody.content))]),
          requestBody.required ?? false,
        )
  const answers = Object.entries(responses).map(([status, { content }]) =>
    property(/^\d+$/.test(status) ? Number(status) : status, answerType(content)),
  )
  return block([property('parameters', block(places)), body, property('responses', block(answers))])
}

/** A header that an answer may carry has no type of its own. */
const HEADERS = 'headers: { [name: string]: unknown }'

function answerType(content: Content | undefined): string {
  return content === undefined
    ? `{ ${HEADERS}; content?: never }`
    : block([HEADERS, property('content', contentType(content))])
}

function contentType(content: Content): string {
  return block(Object.entries(content).map(([type, { schema }]) => property(type, typeOf(schema))))
}

/** The TypeScript type of a schema. */
function typeOf(schema: Schema): string {
  for (const key of Object.keys(schema))
    if (!KNOWN.has(key) && !IGNORED.has(key)) throw new Error(`a schema holds an unknown ${key}`)
  if (typeof schema.$ref === 'string') return referenceType(schema.$ref)
  if ('const' in schema) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return union(schema.enum.map((value) => JSON.stringify(value)))
  const options = schema.anyOf ?? schema.oneOf
  if (Array.isArray(options)) return union(options.map(typeOf))
  if (Array.isArray(schema.allOf)) return schema.allOf.map(typeOf).map(grouped).join(' & ')
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  return union(types.map((type) => simpleType(type, schema)))
}

function simpleType(type: unknown, schema: Schema): string {
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return type
    case 'integer':
      return 'number'
    case 'array':
      return `${grouped(typeOf((schema.items ?? {}) as Schema))}[]`
    case 'object':
      return objectType(schema)
    case undefined:
      return 'unknown'
    default:
      throw new Error(`a schema is of an unknown type ${String(type)}`)
  }
}

function objectType(schema: Schema): string {
  const required = (schema.required ?? []) as readonly string[]
  const fields = Object.entries((schema.properties ?? {}) as Named<Schema>).map(([name, inner]) =>
    property(name, typeOf(inner), required.includes(name)),
  )
  const rest = schema.additionalProperties
  if (rest === undefined || rest === false) return block(fields)
  const open = `[key: string]: ${rest === true ? 'unknown' : typeOf(rest as Schema)}`
  if (fields.length > 0) throw new Error('an object has both named and open properties')
  return block([open])
}

function referenceType(reference: string): string {
  const name = /^#\/components\/schemas\/(.+)$/.exec(reference)?.[1]
  if (name === undefined) throw new Error(`a reference leads elsewhere: ${reference}`)
  return `components['schemas'][${JSON.stringify(name)}]`
}

function property(name: string | number, type: string, isRequired = true): string {
  const key = typeof name === 'number' || /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
  return `${key}${isRequired ? '' : '?'}: ${type}`
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ')
}

function grouped(type: string): string {
  return /[|&]/.test(type) ? `(${type})` : type
}

function block(lines: readonly string[]): string {
  return `{\n${lines.join('\n')}\n}`
}
