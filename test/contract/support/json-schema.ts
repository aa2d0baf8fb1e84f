import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { type Node, nodeAt } from './openapi-document.ts'

/** Which side of an exchange a schema describes: `readOnly` and `writeOnly` differ. */
export type Side = 'request' | 'response'

/** Whether a property that a schema does not name is a problem. */
export type Undeclared = 'is a problem' | 'is fine'

export type SchemaCheck = {
  /** What is wrong with `value` by the schema at `pointer`, each with a JSON pointer. */
  check(side: Side, pointer: string, value: unknown): readonly string[]
}

/** Words that hold names of properties, not keywords. */
const NAME_MAPS = ['properties', 'patternProperties', 'schemas']
/** What is written for readers and would only mislead the validator. */
const IGNORED = ['example', 'examples', 'discriminator', 'xml', 'externalDocs', 'default']

/** Checks values by the schemas of one OpenAPI document, 3.0 or 3.1. */
export function createSchemaCheck(document: Node, undeclared: Undeclared): SchemaCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, logger: false })
  for (const [name, format] of Object.entries(fullFormats)) ajv.addFormat(name, format)
  for (const side of ['request', 'response'] as const) {
    ajv.addSchema(translate(document, { document, side, undeclared }) as Node, side)
  }
  const compiled = new Map<string, ValidateFunction>()

  return {
    check(side, pointer, value) {
      const ref = `${side}#${pointer.split('/').map(encodeURIComponent).join('/')}`
      const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref })
      compiled.set(ref, validate)
      return validate(value) ? [] : sentences(validate.errors ?? [])
    },
  }
}

type Translation = {
  readonly document: Node
  readonly side: Side
  readonly undeclared: Undeclared
}

/** JSON Schema of a schema that OpenAPI 3.0 wrote; what 3.1 wrote stays as it is. */
function translate(node: unknown, how: Translation, isNameMap = false): unknown {
  if (Array.isArray(node)) return node.map((each) => translate(each, how))
  if (node === null || typeof node !== 'object') return node
  const entries = Object.entries(node)
    .filter(([key]) => isNameMap || !IGNORED.includes(key))
    .map(([key, value]) => {
      if (!isNameMap && key === 'enum') return [key, value]
      const inside = translate(value, how, !isNameMap && NAME_MAPS.includes(key))
      return [key, isUse(key, isNameMap) ? close(inside, how) : inside]
    })
  const schema = Object.fromEntries(entries) as Node
  return isNameMap ? schema : nullable(withRequired(schema, how))
}

/** Places where a whole value is described, and not a part of one as in `allOf`. */
function isUse(key: string, isNameMap: boolean): boolean {
  return isNameMap || key === 'schema' || key === 'items'
}

function close(schema: unknown, { document, undeclared }: Translation): unknown {
  const isOpen = undeclared === 'is fine' || !namesProperties(schema, document)
  return isOpen ? schema : { ...(schema as Node), unevaluatedProperties: false }
}

/** Whether the schema says which properties an object has, itself or by a part of it. */
function namesProperties(schema: unknown, document: Node): boolean {
  if (schema === null || typeof schema !== 'object') return false
  const { $ref, properties, allOf, oneOf, anyOf, additionalProperties } = schema as Node
  if (additionalProperties !== undefined) return false
  if (typeof $ref === 'string') return namesProperties(nodeAt(document, $ref.slice(1)), document)
  const parts = [allOf, oneOf, anyOf].flatMap((list) => (list ?? []) as readonly unknown[])
  return properties !== undefined || parts.some((part) => namesProperties(part, document))
}

/** A property that only the other side sends is not required of this one. */
function withRequired(schema: Node, { side }: Translation): Node {
  if (!Array.isArray(schema.required)) return schema
  const foreign = side === 'request' ? 'readOnly' : 'writeOnly'
  const required = schema.required.filter(
    (name) => nodeAt(schema, `/properties/${name}`)[foreign] !== true,
  )
  return { ...schema, required }
}

function nullable(schema: Node): Node {
  if (schema.nullable !== true) return schema
  const { nullable: _, ...rest } = schema
  return { anyOf: [rest, { type: 'null' }] }
}

/** Of several reasons the deepest, because `oneOf` also complains of every other branch. */
function sentences(errors: readonly ErrorObject[]): readonly string[] {
  const plain = errors.filter(({ keyword }) => !SUMMARIES.includes(keyword))
  const named = plain.length > 0 ? plain : errors
  const deepest = Math.max(...named.map(({ instancePath }) => instancePath.split('/').length))
  const chosen = named.filter(({ instancePath }) => instancePath.split('/').length === deepest)
  return [...new Set(chosen.map(sentence))]
}

const SUMMARIES = ['oneOf', 'anyOf', 'allOf', 'unevaluatedProperties']

function sentence({ instancePath, message, params }: ErrorObject): string {
  const { unevaluatedProperty, allowedValues } = params as Record<string, unknown>
  const at = instancePath === '' ? '/' : instancePath
  if (unevaluatedProperty !== undefined) return `${at} has ${unevaluatedProperty}, undeclared`
  const choices = Array.isArray(allowedValues) ? ` (${allowedValues.join(', ')})` : ''
  return `${at} ${message}${choices}`
}
